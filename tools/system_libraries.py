"""What the machine must have before the program can be made, run or tested, and what brings it.

    python3 tools/system_libraries.py [--install] [--quiet] PURPOSE...

Purposes: environment (a virtual environment can be made), offscreen (Qt without a screen), window (Qt in a
window on X), screen (a virtual screen with its tools), bundle (what PyInstaller calls), workbooks
(LibreOffice, which computes our workbooks anew), faults (strace, with which tests play power cuts and
refusing disks), locales (of which those are made that tests run under).
Exit status 0: all there. With --install and run by root on Debian or Ubuntu, what is missing
is installed; otherwise the one line that installs it is printed and the exit status is 1.

Standard library only, and no Qt: it runs before anything is installed, where importing Qt would fail.
Libraries are loaded by their soname, as the loader does it, so the answer does not depend on the package
system.
"""

from __future__ import annotations

import argparse
import ctypes
import importlib.util
import os
import shutil
import subprocess
import sys
import sysconfig
from collections.abc import Iterable
from pathlib import Path

MINIMUM_PYTHON = (3, 11)

# soname -> the Debian 12 package that brings it
OFFSCREEN = {
    "libglib-2.0.so.0": "libglib2.0-0",
    "libgthread-2.0.so.0": "libglib2.0-0",
    "libEGL.so.1": "libegl1",
    "libGL.so.1": "libgl1",
    "libX11.so.6": "libx11-6",
    "libdbus-1.so.3": "libdbus-1-3",
    "libfontconfig.so.1": "libfontconfig1",
    "libfreetype.so.6": "libfreetype6",
    "libxkbcommon.so.0": "libxkbcommon0",
}
WINDOW = {
    "libX11-xcb.so.1": "libx11-xcb1",
    "libxcb.so.1": "libxcb1",
    "libxcb-cursor.so.0": "libxcb-cursor0",
    "libxcb-icccm.so.4": "libxcb-icccm4",
    "libxcb-image.so.0": "libxcb-image0",
    "libxcb-keysyms.so.1": "libxcb-keysyms1",
    "libxcb-randr.so.0": "libxcb-randr0",
    "libxcb-render-util.so.0": "libxcb-render-util0",
    "libxcb-render.so.0": "libxcb-render0",
    "libxcb-shape.so.0": "libxcb-shape0",
    "libxcb-shm.so.0": "libxcb-shm0",
    "libxcb-sync.so.1": "libxcb-sync1",
    "libxcb-util.so.1": "libxcb-util1",
    "libxcb-xfixes.so.0": "libxcb-xfixes0",
    "libxcb-xkb.so.1": "libxcb-xkb1",
    "libxkbcommon-x11.so.0": "libxkbcommon-x11-0",
}
LIBRARIES = {"offscreen": OFFSCREEN, "window": OFFSCREEN | WINDOW, "screen": OFFSCREEN | WINDOW}

# program -> package
PROGRAMS = {
    "screen": {
        "Xvfb": "xvfb",
        "xdotool": "xdotool",
        "setxkbmap": "x11-xkb-utils",
        "import": "imagemagick",
        "openbox": "openbox",
    },
    "workbooks": {"soffice": "libreoffice-calc-nogui"},
    "bundle": {"objdump": "binutils", "objcopy": "binutils"},
    "faults": {"strace": "strace"},
    "locales": {"locale-gen": "locales", "localedef": "libc-bin"},
}
FONT_PACKAGE = "fonts-dejavu-core"
FONT_FOLDERS = ("/usr/share/fonts", "/usr/local/share/fonts", "~/.fonts", "~/.local/share/fonts")
PURPOSES = ("environment", "offscreen", "window", "screen", "bundle", "workbooks", "faults", "locales")


def find_missing_libraries(sonames: dict[str, str]) -> dict[str, str]:
    """Those of the sonames that the loader does not find here, with the package of each."""
    missing = {}
    for soname, package in sonames.items():
        try:
            ctypes.CDLL(soname)
        except OSError:
            missing[soname] = package
    return missing


def has_fonts(folders: Iterable[str] = FONT_FOLDERS) -> bool:
    """Whether one outline font is installed; without any, every letter on the screen is a box."""
    return any(
        path.suffix.lower() in {".ttf", ".otf", ".ttc"}
        for folder in folders
        for path in Path(folder).expanduser().rglob("*")
    )


def has_shared_python() -> bool:
    """Whether this Python's own shared library is there, which a built program carries along."""
    name, folder = (sysconfig.get_config_var(key) or "" for key in ("INSTSONAME", "LIBDIR"))
    return name.endswith(".a") or (Path(folder) / name).exists() or not find_missing_libraries({name: ""})


def find_missing(purposes: Iterable[str]) -> dict[str, str]:
    """What is missing for these purposes: the thing's name -> the Debian package that brings it."""
    missing: dict[str, str] = {}
    for purpose in purposes:
        missing |= find_missing_libraries(LIBRARIES.get(purpose, {}))
        missing |= {
            name: package for name, package in PROGRAMS.get(purpose, {}).items() if not shutil.which(name)
        }
        if purpose == "environment" and importlib.util.find_spec("ensurepip") is None:
            missing["ensurepip"] = "python3-venv"
        if purpose == "bundle" and not has_shared_python():
            missing["libpython"] = "libpython{}.{}".format(*sys.version_info)
        if purpose in {"offscreen", "window", "screen"} and not has_fonts():
            missing["a font"] = FONT_PACKAGE
    return missing


def install(packages: list[str]) -> bool:
    """Installs Debian packages as root; whether that worked. apt's words appear only when it fails."""
    environment = os.environ | {"DEBIAN_FRONTEND": "noninteractive"}
    for command in (
        ["apt-get", "update", "-q"],
        ["apt-get", "install", "-y", "-q", "--no-install-recommends", *packages],
    ):
        done = subprocess.run(
            command, env=environment, capture_output=True, text=True, stdin=subprocess.DEVNULL, check=False
        )
        # A mirror of some other source may be out of reach; what is needed may be found all the same.
        if done.returncode and "install" in command:
            print(done.stdout + done.stderr, file=sys.stderr)
            return False
    importlib.invalidate_caches()
    return True


def ensure(purposes: list[str], *, may_install: bool, quiet: bool) -> int:
    """Checks, installs if allowed, checks again; returns the exit status."""
    missing = find_missing(purposes)
    packages = sorted(set(missing.values()))
    line = "apt-get install -y --no-install-recommends " + " ".join(packages)
    if missing and may_install and shutil.which("apt-get") and os.geteuid() == 0:
        print("Installing what the system lacks: " + " ".join(packages), flush=True)
        if not install(packages):
            return 1
        missing = find_missing(purposes)
    if not missing:
        if not quiet:
            print("Nothing is missing.")
        return 0
    print("This system lacks " + ", ".join(sorted(missing)) + ".", file=sys.stderr)
    print("On Debian or Ubuntu, run as root:  " + line, file=sys.stderr)
    return 1


def main(arguments: list[str] | None = None) -> int:
    """The command line described at the top of this file."""
    parser = argparse.ArgumentParser(description="What the system lacks for COI Desktop.")
    parser.add_argument("purposes", nargs="+", choices=PURPOSES)
    parser.add_argument("--install", action="store_true", help="install what is missing, when run by root")
    parser.add_argument("--quiet", action="store_true", help="say nothing when nothing is missing")
    options = parser.parse_args(arguments)
    if sys.version_info < MINIMUM_PYTHON:
        wanted = ".".join(map(str, MINIMUM_PYTHON))
        print(f"Python {wanted} or newer is needed; this is {sys.version.split()[0]}.", file=sys.stderr)
        print("Name another one:  make setup PYTHON=python3.12", file=sys.stderr)
        return 1
    if not sys.platform.startswith("linux"):
        return 0
    return ensure(options.purposes, may_install=options.install, quiet=options.quiet)


if __name__ == "__main__":
    sys.exit(main())
