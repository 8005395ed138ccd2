# SPDX-License-Identifier: MIT
"""Set up what ``make`` needs on a fresh machine: system libraries, virtual environment, packages.

Runs on a bare Python 3.11+ with nothing installed. Each step leaves a stamp, so that a second run
costs milliseconds. Nothing here is needed by an installed application.
"""

import argparse
import ctypes.util
import hashlib
import os
import shutil
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
VENV = Path(os.environ.get("BLDR_VENV", ROOT / ".venv"))
OFFSCREEN = [
    "libglib2.0-0",
    "libgl1",
    "libegl1",
    "libdbus-1-3",
    "libfontconfig1",
    "libfreetype6",
    "libxkbcommon0",
    "libx11-6",
    "libbrotli1",
]
X11 = [
    "libxcb-cursor0",
    "libxcb-icccm4",
    "libxcb-keysyms1",
    "libxcb-shape0",
    "libxcb-xkb1",
    "libxkbcommon-x11-0",
]
FONTS = ["fonts-dejavu-core"]
SCREEN = ["xvfb"]
SERVERS = ["redis-server", "postgresql"]
OCR = ["tesseract-ocr", "tesseract-ocr-rus"]


def say(text: str) -> None:
    """One line for the person at the terminal."""
    sys.stderr.write(f"bldr: {text}\n")
    sys.stderr.flush()


def installed(package: str) -> bool:
    """Whether dpkg knows the package as installed (Ubuntu's t64 names count)."""
    for name in (package, package + "t64"):
        query = subprocess.run(
            ["dpkg-query", "-W", "-f", "${Status}", name], capture_output=True, text=True, check=False
        )
        if query.stdout.endswith("ok installed"):
            return True
    return False


def apt_command(packages: list[str]) -> str:
    """The line a person can type."""
    return "apt-get update && apt-get install -y --no-install-recommends " + " ".join(packages)


def can_sudo() -> bool:
    """Whether sudo works here without asking for a password."""
    if not shutil.which("sudo"):
        return False
    return subprocess.run(["sudo", "-n", "true"], capture_output=True, check=False).returncode == 0


def run_quietly(command: list[str]) -> int:
    """The exit code of a command whose output only matters to a debugger."""
    return subprocess.run(command, capture_output=True, check=False).returncode


def system_packages(wanted: list[str]) -> None:
    """Install missing Debian packages as root or by sudo; else print the one line to type."""
    if not sys.platform.startswith("linux") or not shutil.which("dpkg-query"):
        if sys.platform.startswith("linux") and not ctypes.util.find_library("EGL"):
            say("Qt needs libEGL, libGL, libxkbcommon, libdbus, fontconfig: install them by package manager.")
        return
    missing = [name for name in wanted if not installed(name)]
    if not missing:
        return
    prefix = [] if os.geteuid() == 0 else ["sudo", "-n"]
    if prefix and not can_sudo():
        say("some system libraries are missing. Type this once, then start again:")
        say(f"  sudo sh -c '{apt_command(missing)}'")
        return
    say(f"installing system libraries: {' '.join(missing)}")
    environment = ["env", "DEBIAN_FRONTEND=noninteractive"]
    run_quietly([*prefix, *environment, "apt-get", "update", "-qq"])
    install = [*prefix, *environment, "apt-get", "install", "-y", "-qq", "--no-install-recommends"]
    if run_quietly([*install, *missing]):
        for name in missing:  # names differ between releases: take what there is
            run_quietly([*install, name])
    late = [name for name in missing if not installed(name)]
    if late:
        say(f"could not install: {' '.join(late)}; going on without")


def stamp_of(extras: str) -> str:
    """What the environment must have been made from."""
    content = (
        (ROOT / "pyproject.toml").read_bytes() + extras.encode() + sys.version.encode() + str(ROOT).encode()
    )
    return hashlib.sha256(content).hexdigest()


def venv_python() -> Path:
    """The environment's interpreter."""
    return VENV / ("Scripts/python.exe" if os.name == "nt" else "bin/python")


def make_venv() -> None:
    """Create the environment; a Debian without python3-venv gets it first."""
    say(f"making {VENV.name} with Python {sys.version.split()[0]}")
    command = [sys.executable, "-m", "venv", "--clear", str(VENV)]
    if subprocess.run(command, capture_output=True, check=False).returncode == 0:
        return
    system_packages([f"python{sys.version_info.major}.{sys.version_info.minor}-venv"])
    made = subprocess.run(command, capture_output=True, text=True, check=False)
    if made.returncode:
        say((made.stdout + made.stderr).strip().splitlines()[-1])
        raise SystemExit(
            "bldr: no virtual environment could be made. On Debian: apt-get install python3-venv"
        )


def python_packages(extras: str) -> None:
    """Install the project and its packages where pyproject changed since the last time."""
    stamp = VENV / f".bldr-{extras.replace(',', '-')}"
    wanted = stamp_of(extras)
    if stamp.exists() and stamp.read_text() == wanted and venv_python().exists():
        return
    if not venv_python().exists() or not runs_this_python():
        make_venv()
    say(f"installing Python packages ({extras}); the first time takes a few minutes")
    pip = [str(venv_python()), "-m", "pip", "install", "--quiet", "--disable-pip-version-check"]
    done = subprocess.run([*pip, "-e", f"{ROOT}[{extras}]"], cwd=ROOT, stdout=sys.stderr, check=False)
    if done.returncode:
        raise SystemExit("bldr: the packages could not be installed; the reason stands above")
    stamp.write_text(wanted)


def node_packages() -> None:
    """Independent Socket.IO peers for the tests, where Node and npm are; tests say so where not."""
    folder = ROOT / "tests" / "node"
    npm = shutil.which("npm")
    if npm is None or (folder / "node_modules" / "socket.io-client").exists():
        return
    say("installing Socket.IO peers for the tests (npm)")
    if subprocess.run([npm, "install", "--silent"], cwd=folder, capture_output=True, check=False).returncode:
        say("npm could not install them; those tests will be skipped")


def runs_this_python() -> bool:
    """Whether the environment there is was made with this minor version."""
    query = [str(venv_python()), "-c", "import sys; print('%d.%d' % sys.version_info[:2])"]
    answer = subprocess.run(query, capture_output=True, text=True, check=False)
    return answer.stdout.strip() == "{}.{}".format(*sys.version_info[:2])


def main() -> int:
    """Parse what is wanted and do what is missing."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--extras", default="engine", help="extras of the project, comma-separated")
    parser.add_argument("--virtual-screen", action="store_true", help="also Xvfb")
    parser.add_argument("--ocr", action="store_true", help="also Tesseract with Russian")
    parser.add_argument(
        "--servers", action="store_true", help="also Redis and Postgres, for the cluster's tests"
    )
    options = parser.parse_args()
    if sys.version_info < (3, 11) or sys.version_info >= (3, 14):
        raise SystemExit(
            "bldr: Python 3.11, 3.12 or 3.13 is needed; choose one with: make PYTHON=python3.12 …"
        )
    screen = options.virtual_screen or not (os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY"))
    wanted = [*OFFSCREEN, *X11, *FONTS, *(SCREEN if screen else []), *(OCR if options.ocr else [])]
    wanted += SERVERS if options.servers else []
    system_packages(wanted)
    python_packages(options.extras)
    if "dev" in options.extras:
        node_packages()
    return 0


if __name__ == "__main__":
    sys.exit(main())
