"""What only Windows can be asked: kinds of drives, the kind of session and profile, folders of OneDrive.

Each question is a method, so that tests can answer in place of Windows. None of them opens a file.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from typing import Protocol

#: GetDriveTypeW
NO_DRIVE, REMOVABLE_DRIVE, FIXED_DRIVE, REMOTE_DRIVE = 1, 2, 3, 4
#: GetProfileType
TEMPORARY_PROFILE, ROAMING_PROFILE, MANDATORY_PROFILE = 1, 2, 4

#: GetFileAttributesW: the content lies elsewhere, and is fetched when it is opened or read. A file that
#: OneDrive keeps here has the reparse point of the cloud as well, but none of these.
OFFLINE, RECALL_ON_OPEN, RECALL_ON_DATA_ACCESS = 0x1000, 0x40000, 0x400000
NOT_HERE = OFFLINE | RECALL_ON_OPEN | RECALL_ON_DATA_ACCESS
NO_ATTRIBUTES = 0xFFFFFFFF


class WindowsCalls(Protocol):
    """The questions."""

    def get_drive_type(self, letter: str) -> int:
        """The type of a drive as of GetDriveTypeW, from what Windows knows without asking the server."""

    def get_file_attributes(self, path: str) -> int:
        """The attributes of a file as of GetFileAttributesW, which fetches nothing; 0 when there is none."""

    def get_profile_type(self) -> int:
        """The flags of GetProfileType; 0 when they cannot be had."""

    def is_session_host(self) -> bool:
        """Whether this is a session of several people's server (Remote Desktop, Citrix)."""

    def find_onedrive_folders(self) -> list[str]:
        """The folders that OneDrive keeps, SharePoint libraries among them."""


if sys.platform == "win32":
    import ctypes
    import winreg

    _REMOTE_SESSION = 0x1000  # SM_REMOTESESSION
    _WORKSTATION = 1  # VER_NT_WORKSTATION; a Windows for several sessions says it is a server
    _ONEDRIVE = (r"Software\Microsoft\OneDrive\Accounts", r"Software\SyncEngines\Providers\OneDrive")

    class RealWindows:
        """Windows itself."""

        def get_drive_type(self, letter: str) -> int:
            """As of GetDriveTypeW; a mapped drive that is not connected now is known from the registry."""
            kind = int(ctypes.windll.kernel32.GetDriveTypeW(f"{letter}:\\"))
            if kind <= NO_DRIVE:
                try:
                    winreg.OpenKey(winreg.HKEY_CURRENT_USER, rf"Network\{letter}").Close()
                except OSError:
                    return kind
                return REMOTE_DRIVE
            return kind

        def get_file_attributes(self, path: str) -> int:
            """As of GetFileAttributesW."""
            attributes = int(ctypes.windll.kernel32.GetFileAttributesW(path)) & NO_ATTRIBUTES
            return 0 if attributes == NO_ATTRIBUTES else attributes

        def get_profile_type(self) -> int:
            """As of GetProfileType."""
            flags = ctypes.c_ulong(0)
            done = ctypes.windll.userenv.GetProfileType(ctypes.byref(flags))
            return int(flags.value) if done else 0

        def is_session_host(self) -> bool:
            """A session from afar on a server, or Citrix's. One's own computer from afar is none."""
            if os.environ.get("SESSIONNAME", "").upper().startswith("ICA-"):
                return True
            is_remote = bool(ctypes.windll.user32.GetSystemMetrics(_REMOTE_SESSION))
            return is_remote and sys.getwindowsversion().product_type != _WORKSTATION

        def find_onedrive_folders(self) -> list[str]:
            """As the registry names them."""
            return [folder for top in _ONEDRIVE for folder in _folders_below(top)]

    def _folders_below(top: str) -> Iterator[str]:
        try:
            with winreg.OpenKey(winreg.HKEY_CURRENT_USER, top) as accounts:
                names = [winreg.EnumKey(accounts, n) for n in range(winreg.QueryInfoKey(accounts)[0])]
                for name in names:
                    yield from _values_of(accounts, name)
        except OSError:
            return

    def _values_of(accounts: winreg.HKEYType, name: str) -> Iterator[str]:
        with winreg.OpenKey(accounts, name) as account:
            for value in ("UserFolder", "MountPoint"):
                try:
                    folder = winreg.QueryValueEx(account, value)[0]
                except OSError:
                    continue
                if isinstance(folder, str) and folder:
                    yield folder


def find_windows() -> WindowsCalls | None:
    """Windows to ask; None on other systems."""
    if sys.platform == "win32":
        return RealWindows()
    return None
