# SPDX-License-Identifier: MIT
"""The Debian package: unpacked into a clean prefix, valid, started by its desktop entry, does its job."""

import configparser
import os
import shlex
import shutil
import statistics
import subprocess
import sys
from pathlib import Path

import pytest
from first_paint import first_paint, screen

ROOT = Path(__file__).resolve().parents[2]
APP_ID = "io.bldr.Desktop"
RUNS = 11
SLOWER_AT_MOST = 1.3

pytestmark = [pytest.mark.slow, pytest.mark.timeout(600)]


@pytest.fixture(scope="module")
def prefix(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The newest package of ``dist/``, unpacked."""
    packages = sorted((ROOT / "dist").glob("*.deb"), key=lambda file: file.stat().st_mtime)
    if not packages or shutil.which("dpkg-deb") is None:
        pytest.skip("no .deb in dist/ (make package builds it), or no dpkg-deb here")
    folder = tmp_path_factory.mktemp("prefix")
    subprocess.run(["dpkg-deb", "-x", str(packages[-1]), str(folder)], check=True)
    return folder


@pytest.fixture
def clean(prefix: Path, tmp_path: Path) -> dict[str, str]:
    """An environment that knows nothing of the source tree, its Python or a display."""
    home = tmp_path / "home"
    home.mkdir()
    return {"HOME": str(home), "PATH": f"{prefix}/usr/bin:/usr/bin:/bin", "LANG": "C.UTF-8"}


def entry(prefix: Path) -> Path:
    """The installed desktop entry."""
    return prefix / "usr/share/applications" / f"{APP_ID}.desktop"


def exec_line(prefix: Path, environment: dict[str, str]) -> list[str]:
    """What a double click on the desktop entry runs, without its place for files."""
    desktop = configparser.RawConfigParser(strict=False)
    desktop.optionxform = str  # type: ignore[assignment,method-assign]  # names are told apart by case
    desktop.read(entry(prefix), encoding="utf-8")
    words = [word for word in shlex.split(desktop["Desktop Entry"]["Exec"]) if not word.startswith("%")]
    program = shutil.which(words[0], path=environment["PATH"])
    assert program is not None, f"the Exec line names {words[0]}, which is not installed"
    assert Path(program).resolve().is_relative_to(prefix)
    return [program, *words[1:]]


@pytest.mark.parametrize("checker", ["desktop-file-validate", "appstreamcli"])
def test_desktop_entry_and_metainfo_are_valid(prefix: Path, checker: str) -> None:
    if shutil.which(checker) is None:
        pytest.skip(f"{checker} is not installed")
    metainfo = prefix / "usr/share/metainfo" / f"{APP_ID}.metainfo.xml"
    command = [checker, str(entry(prefix))]
    if checker == "appstreamcli":
        command = [checker, "validate", "--no-net", str(metainfo)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    said = done.stdout + done.stderr
    assert done.returncode == 0, said
    assert not [line for line in said.splitlines() if line.startswith(("E:", "W:"))], said


def test_icons_of_all_sizes_are_installed(prefix: Path) -> None:
    icons = prefix / "usr/share/icons/hicolor"
    sizes = {path.parent.parent.name for path in icons.glob(f"*/apps/{APP_ID}.*")}
    assert sizes == {*(f"{size}x{size}" for size in (16, 24, 32, 48, 64, 128, 256)), "scalable"}


def test_started_by_its_desktop_entry_it_does_the_main_job(
    prefix: Path, clean: dict[str, str], tmp_path: Path
) -> None:
    command = [*exec_line(prefix, clean), "--demo"]
    done = subprocess.run(
        command, env=clean, cwd=tmp_path, capture_output=True, text=True, timeout=300, check=False
    )
    assert done.returncode == 0, done.stderr
    assert "Source: СП 901.1325800.2023, п. 5.2, с. 2" in done.stdout
    assert "не менее 40 мм при наличии бетонной подготовки" in done.stdout
    assert (tmp_path / "bldr-demo.png").stat().st_size > 50_000


def test_engine_of_the_package_trains_and_searches(
    prefix: Path, clean: dict[str, str], tmp_path: Path
) -> None:
    engine = shutil.which("bldr-engine", path=clean["PATH"])
    assert engine is not None and Path(engine).is_relative_to(prefix)
    samples, data = ROOT / "resources" / "samples", tmp_path / "data"
    run = {"env": clean, "cwd": tmp_path, "capture_output": True, "text": True, "check": True}
    subprocess.run([engine, "index", str(samples), "--data-dir", str(data)], timeout=200, **run)
    found = subprocess.run(
        [engine, "search", "толщина защитного слоя бетона", "--data-dir", str(data)], timeout=100, **run
    )
    assert "901.1325800.2023" in found.stdout


def test_first_paint_is_hardly_later_than_from_source(
    prefix: Path, clean: dict[str, str], tmp_path: Path
) -> None:
    if shutil.which("Xvfb") is None:
        pytest.skip("Xvfb is not installed")
    frozen, source = exec_line(prefix, clean), [sys.executable, "-m", "bldr_desktop.app.launch"]
    plain = {**clean, "PYTHONPATH": str(ROOT), "PYTHONPYCACHEPREFIX": str(tmp_path / "bytecode")}
    taken: dict[str, list[float]] = {"frozen": [], "source": []}
    with screen() as shown:
        for run in range(RUNS + 1):  # the first one fills the page cache and compiles
            for name, command, environment in (("frozen", frozen, clean), ("source", source, plain)):
                home = tmp_path / f"home-{name}"
                home.mkdir(exist_ok=True)
                seconds = first_paint(shown, command, {**environment, "HOME": str(home)}, tmp_path)
                if run:
                    taken[name].append(seconds)
    pairs = zip(taken["frozen"], taken["source"], strict=True)  # one right after the other: same load
    ratio = statistics.median(ours / plain_run for ours, plain_run in pairs)
    medians = {name: statistics.median(values) for name, values in taken.items()}
    said = f"frozen {medians['frozen']:.3f} s, source {medians['source']:.3f} s, {ratio:.2f} x"
    (Path(os.environ.get("BLDR_SHOTS", tmp_path)) / "first-paint.txt").write_text(f"{said}\n", "utf-8")
    assert ratio <= SLOWER_AT_MOST, said
