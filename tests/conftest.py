# SPDX-License-Identifier: MIT
"""What all tests share: helper modules on the path, Qt without a display, the example material."""

import gc
import os
import sys
from pathlib import Path

import pytest

HERE = Path(__file__).resolve().parent
ROOT = HERE.parent
sys.path.insert(0, str(HERE / "helpers"))
os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
os.environ.setdefault("PYTHON_KEYRING_BACKEND", "keyring.backends.null.Keyring")
gc.disable()
"""As in the application (ADR 081): a window of an earlier test that is collected in a thread of a later one
leaves timers behind that end the process."""


@pytest.hookimpl(trylast=True)
def pytest_runtest_teardown() -> None:
    """Collect here, in the thread of Qt, what automatic collection would have by now."""
    from bldr_desktop.common.garbage import collect_due

    collect_due()


@pytest.fixture(scope="session")
def devkit() -> Path:
    """The folder of real example documents; tests that need it are skipped where it is absent."""
    folder = ROOT.parent / "shared" / "data" / "devkit"
    if not folder.is_dir():
        pytest.skip("the example material ../shared/data/devkit is not here")
    return folder


@pytest.fixture(scope="session")
def samples() -> Path:
    """The sample documents that ship with the project."""
    return ROOT / "resources" / "samples"
