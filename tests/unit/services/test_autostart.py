# SPDX-License-Identifier: MIT
"""Starting with the session: what is written is what the system reads."""

import plistlib
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from bldr_desktop.services.autostart import (
    BACKGROUND,
    DesktopEntry,
    LaunchAgent,
    own_command,
    system_autostart,
)


def test_on_and_off_again(tmp_path: Path) -> None:
    entry = DesktopEntry(tmp_path / "deep" / "autostart", ["/usr/bin/bldr-desktop", BACKGROUND])
    assert not entry.is_on()
    entry.switch(False)
    entry.switch(True)
    assert entry.is_on()
    assert "Exec=/usr/bin/bldr-desktop --background\n" in entry.file.read_text()
    entry.switch(True)
    entry.switch(False)
    assert not entry.is_on() and not entry.file.exists()


@pytest.mark.parametrize("line", ["Hidden=true", "X-GNOME-Autostart-enabled = false"])
def test_switched_off_by_the_systems_own_tool_counts_as_off(tmp_path: Path, line: str) -> None:
    entry = DesktopEntry(tmp_path, ["bldr-desktop"])
    entry.switch(True)
    kept = [row for row in entry.file.read_text().splitlines() if "enabled" not in row]
    entry.file.write_text("\n".join([*kept, line]) + "\n")
    assert not entry.is_on()


def test_difficult_places_are_quoted_so_that_the_specification_reads_them(tmp_path: Path) -> None:
    program = '/home/a user/100% "sure"/bl$dr\\x'
    entry = DesktopEntry(tmp_path, [program, BACKGROUND])
    entry.switch(True)
    (line,) = (row for row in entry.file.read_text().splitlines() if row.startswith("Exec="))
    value = line.removeprefix("Exec=").replace("\\\\", "\\")  # first the string of the entry, then its words
    words = [quoted or plain for quoted, plain in re.findall(r'"((?:[^"\\]|\\.)*)"|(\S+)', value)]
    assert [re.sub(r"\\(.)", r"\1", word).replace("%%", "%") for word in words] == [program, BACKGROUND]


@pytest.mark.skipif(
    shutil.which("desktop-file-validate") is None, reason="desktop-file-validate is not installed"
)
def test_the_entry_is_valid(tmp_path: Path) -> None:
    entry = DesktopEntry(tmp_path, [sys.executable, "-m", "bldr_desktop.app.launch", BACKGROUND])
    entry.switch(True)
    done = subprocess.run(["desktop-file-validate", str(entry.file)], capture_output=True, text=True)
    assert (done.returncode, done.stdout) == (0, "")


@pytest.mark.skipif(sys.platform != "linux", reason="the XDG folders")
def test_the_folder_follows_the_environment(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path))
    made = system_autostart()
    assert isinstance(made, DesktopEntry)
    assert made.file == tmp_path / "autostart" / "io.bldr.Desktop.desktop"
    assert own_command()[-1] == BACKGROUND


def test_a_folder_that_cannot_be_written_is_an_oserror(tmp_path: Path) -> None:
    blocker = tmp_path / "file"
    blocker.write_text("")
    with pytest.raises(OSError):
        DesktopEntry(blocker / "autostart", ["bldr-desktop"]).switch(True)


def test_launch_agent_says_what_launchd_reads(tmp_path: Path) -> None:
    agent = LaunchAgent(
        tmp_path / "LaunchAgents", ["/Applications/Bldr Desktop.app/Contents/MacOS/x", BACKGROUND]
    )
    assert not agent.is_on()
    agent.switch(True)
    said = plistlib.loads(agent.file.read_bytes())
    assert said["ProgramArguments"][1] == BACKGROUND and said["RunAtLoad"] and agent.is_on()
    agent.file.write_bytes(plistlib.dumps({**said, "Disabled": True}))
    assert not agent.is_on()
    agent.switch(False)
    assert not agent.file.exists()
