# SPDX-License-Identifier: MIT
"""Every text has its Russian, every file its compiled twin, every placeholder its partner."""

import importlib.util
import re
import sys
from pathlib import Path
from types import ModuleType

ROOT = Path(__file__).resolve().parents[2]


def tool() -> ModuleType:
    spec = importlib.util.spec_from_file_location("translations", ROOT / "packaging" / "translations.py")
    assert spec is not None and spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules["translations"] = module
    spec.loader.exec_module(module)
    return module


def test_all_texts_are_translated() -> None:
    assert tool().check(list(tool().AREAS)) == []


def test_parts_of_texts_are_the_same_in_both_languages() -> None:
    module, wrong = tool(), []
    for area in module.AREAS:
        for source, forms in module.read(module.FOLDER / f"{area}_ru.ts").items():
            wanted = set(re.findall(r"\{\w+\}|%n", source))
            wrong += [
                f"{area}: {source!r} / {form!r}"
                for form in forms
                if set(re.findall(r"\{\w+\}|%n", form)) != wanted
            ]
    assert wrong == []


def test_compiled_files_are_there_and_not_older_texts(tmp_path: Path) -> None:
    module = tool()
    for file in sorted(module.FOLDER.glob("*.ts")):
        assert file.with_suffix(".qm").is_file(), f"run packaging/translations.py update: {file.name}"
