# SPDX-License-Identifier: MIT
"""Build the bundle with PyInstaller and wrap it as ``.deb`` and ``.tar.xz`` (``make package``).

Runs inside the project's environment on Debian or Ubuntu; writes into ``dist/``.
"""

import argparse
import gzip
import os
import platform
import shutil
import subprocess
import sys
import tarfile
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
LINUX = ROOT / "packaging" / "linux"
APP_ID = "io.bldr.Desktop"
DEPENDS = [
    "libglib2.0-0 | libglib2.0-0t64", "libgl1", "libegl1", "libdbus-1-3", "libfontconfig1",
    "libfreetype6",
    "libxkbcommon0", "libxkbcommon-x11-0", "libx11-6", "libxcb-cursor0", "libxcb-icccm4", "libxcb-keysyms1",
    "libxcb-shape0", "libxcb-xkb1", "fonts-dejavu-core | fonts-noto-core",
]  # fmt: skip
XZ_PRESET = 1  # 6 takes five times as long for some per cent
DEB_PACKING = ["-Zzstd", "-z9"]  # Debian 12 and Ubuntu 22.04 read it; a tenth of the time of xz
SIZES = (16, 24, 32, 48, 64, 128, 256)


def version() -> str:
    """The project's version."""
    from bldr_desktop import __version__

    return __version__


def freeze(dist: Path, work: Path) -> Path:
    """Run PyInstaller; the folder it made."""
    spec = ROOT / "packaging" / "pyinstaller" / "bldr-desktop.spec"
    command = [sys.executable, "-m", "PyInstaller", str(spec), "--noconfirm", "--log-level", "WARN"]
    subprocess.run([*command, "--distpath", str(dist), "--workpath", str(work)], check=True, cwd=ROOT)
    return dist / "bldr-desktop"


def icons(target: Path) -> None:
    """PNG icons in the sizes desktops ask for, drawn from the SVG."""
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    from PySide6.QtCore import Qt
    from PySide6.QtGui import QGuiApplication, QImage, QPainter
    from PySide6.QtSvg import QSvgRenderer

    _app = QGuiApplication.instance() or QGuiApplication([])
    source = ROOT / "resources" / "icons" / "bldr-desktop.svg"
    renderer = QSvgRenderer(str(source))
    for size in SIZES:
        image = QImage(size, size, QImage.Format.Format_ARGB32)
        image.fill(Qt.GlobalColor.transparent)
        painter = QPainter(image)
        renderer.render(painter)
        painter.end()
        place = target / f"{size}x{size}" / "apps" / f"{APP_ID}.png"
        place.parent.mkdir(parents=True)
        image.save(str(place))
    scalable = target / "scalable" / "apps"
    scalable.mkdir(parents=True)
    shutil.copy(source, scalable / f"{APP_ID}.svg")


def tree(root: Path, bundle: Path) -> None:
    """Lay out the installed file tree below ``root``."""
    library = root / "usr/lib/bldr-desktop"
    shutil.copytree(bundle, library, symlinks=True)
    binaries = root / "usr/bin"
    binaries.mkdir(parents=True)
    (binaries / "bldr-desktop").symlink_to("../lib/bldr-desktop/bldr-desktop")
    engine = binaries / "bldr-engine"
    beside = '"$(dirname "$(readlink -f "$0")")/../lib/bldr-desktop/bldr-desktop"'  # in any prefix
    engine.write_text(f'#!/bin/sh\nexec {beside} --run-module bldr_desktop.engine.cli "$@"\n')
    engine.chmod(0o755)
    share = root / "usr/share"
    for folder, name in (("applications", f"{APP_ID}.desktop"), ("metainfo", f"{APP_ID}.metainfo.xml")):
        (share / folder).mkdir(parents=True)
        shutil.copy(LINUX / name, share / folder / name)
    icons(share / "icons/hicolor")
    docs = share / "doc/bldr-desktop"
    docs.mkdir(parents=True)
    shutil.copy(ROOT / "LICENSE", docs / "copyright")
    with gzip.GzipFile(docs / "changelog.gz", "wb", mtime=0) as packed:
        packed.write((ROOT / "CHANGELOG.md").read_bytes())


def c_library() -> str:
    """What is bundled was built for the C library of this machine, and runs with that or a later one."""
    return f"libc6 (>= {platform.libc_ver()[1]})"


def control(root: Path) -> None:
    """Write the package's description and its scripts."""
    folder = root / "DEBIAN"
    folder.mkdir()
    kib = sum(path.lstat().st_size for path in root.rglob("*") if not path.is_dir()) // 1024
    architecture = subprocess.run(
        ["dpkg", "--print-architecture"], capture_output=True, text=True, check=True
    ).stdout.strip()
    lines = [
        "Package: bldr-desktop", f"Version: {version()}", f"Architecture: {architecture}",
        "Maintainer: The Bldr Desktop developers <maintainers@bldr.invalid>", f"Installed-Size: {kib}",
        f"Depends: {', '.join([c_library(), *DEPENDS])}",
        "Recommends: tesseract-ocr, tesseract-ocr-rus", "Section: science",
        "Priority: optional", "Description: search construction norms with document, clause and page",
        " Drop folders of norms, estimates and letters, watch them being trained live, and get",
        " answers with the document, edition, clause and page marked. Works offline.",
    ]  # fmt: skip
    (folder / "control").write_text("\n".join(lines) + "\n", encoding="utf-8")
    script = (
        "#!/bin/sh\nset -e\n"
        "if command -v update-desktop-database >/dev/null; then update-desktop-database -q || true; fi\n"
        "if command -v gtk-update-icon-cache >/dev/null; then "
        "gtk-update-icon-cache -q -t -f /usr/share/icons/hicolor || true; fi\n"
    )
    for name in ("postinst", "postrm"):
        (folder / name).write_text(script)
        (folder / name).chmod(0o755)


def main() -> int:
    """Freeze, wrap, and say what was made with its size."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--dist", type=Path, default=ROOT / "dist")
    parser.add_argument("--keep-bundle", action="store_true", help="take dist/bldr-desktop as it is")
    options = parser.parse_args()
    dist: Path = options.dist.resolve()
    bundle = dist / "bldr-desktop"
    if not (options.keep_bundle and bundle.exists()):
        bundle = freeze(dist, ROOT / "build")
    root = ROOT / "build" / "deb"
    shutil.rmtree(root, ignore_errors=True)
    root.mkdir(parents=True)
    tree(root, bundle)
    control(root)
    deb = dist / f"bldr-desktop_{version()}.deb"
    subprocess.run(
        ["dpkg-deb", "--root-owner-group", *DEB_PACKING, "--build", str(root), str(deb)], check=True
    )
    archive = dist / f"bldr-desktop-{version()}-linux.tar.xz"
    with tarfile.open(archive, "w:xz", preset=XZ_PRESET) as packed:
        packed.add(bundle, f"bldr-desktop-{version()}")
    for made in (deb, archive):
        sys.stdout.write(f"{made.relative_to(ROOT)}  {made.stat().st_size / 1e6:.0f} MB\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
