"""What the system says of disks, synchronised folders and the session, in a millisecond and without a hang.

Only local lists are read: the table of mounts, settings of synchronising programs in the user's own folder.
"""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Iterator, Mapping
from pathlib import Path

from coi_desktop.models.file_places import Mount, Session, Surroundings, SyncedFolder
from coi_desktop.store.windows_calls import (
    MANDATORY_PROFILE,
    REMOTE_DRIVE,
    REMOVABLE_DRIVE,
    TEMPORARY_PROFILE,
    WindowsCalls,
    find_windows,
)

MOUNTS = Path("/proc/self/mountinfo")

_ONEDRIVE_VARIABLES = ("OneDrive", "OneDriveCommercial", "OneDriveConsumer")
_SECONDS_FOR_MOUNTS = 5


def read_surroundings(path: str = "", *, windows: WindowsCalls | None = None) -> Surroundings:
    """What can be known about where ``path`` may lie. ``windows`` answers in place of the system."""
    calls = windows or find_windows()
    home = str(Path.home())
    synced = (*_synced_by_variables(os.environ), *_dropbox(home), *_nextcloud(home))
    if calls is None:
        return Surroundings(mounts=tuple(_mounts()), synced=synced, profile=home)
    return Surroundings(
        is_windows=True,
        drives=_drive(path, calls),
        synced=(*synced, *(SyncedFolder(folder, "OneDrive") for folder in calls.find_onedrive_folders())),
        session=_session(calls),
        profile=home,
    )


def _drive(path: str, calls: WindowsCalls) -> tuple[tuple[str, str], ...]:
    letter = path.replace("\\\\?\\", "")[:1].upper()
    if not letter.isalpha():
        return ()
    kinds = {REMOTE_DRIVE: "network", REMOVABLE_DRIVE: "removable"}
    kind = kinds.get(calls.get_drive_type(letter))
    return ((letter, kind),) if kind else ()


def _session(calls: WindowsCalls) -> Session:
    """A roaming profile lasts on one's own computer, and only what roams lasts on a shared server."""
    if calls.get_profile_type() & (TEMPORARY_PROFILE | MANDATORY_PROFILE):
        return Session.TEMPORARY
    return Session.HOST if calls.is_session_host() else Session.LASTING


def _synced_by_variables(environment: Mapping[str, str]) -> Iterator[SyncedFolder]:
    for name in _ONEDRIVE_VARIABLES:
        if environment.get(name):
            yield SyncedFolder(environment[name], "OneDrive")


def _dropbox(home: str) -> Iterator[SyncedFolder]:
    """Dropbox tells programs its folders in ``info.json``."""
    for folder in (Path(home, ".dropbox"), *_application_folders("Dropbox")):
        try:
            found = json.loads((folder / "info.json").read_text(encoding="utf-8"))
            accounts = list(found.values()) if isinstance(found, dict) else []
        except (OSError, ValueError):
            continue
        for account in accounts:
            if isinstance(account, dict) and isinstance(account.get("path"), str):
                yield SyncedFolder(account["path"], "Dropbox")


def _nextcloud(home: str) -> Iterator[SyncedFolder]:
    r"""Nextcloud and ownCloud name their folders in a settings file (``0\Folders\1\localPath=…``)."""
    for service in ("Nextcloud", "ownCloud"):
        folders = (
            Path(os.environ.get("XDG_CONFIG_HOME") or Path(home, ".config"), service),
            Path(home, "Library", "Preferences", service),
            *_application_folders(service),
        )
        for folder in folders:
            try:
                text = (folder / f"{service.lower()}.cfg").read_text(encoding="utf-8", errors="replace")
            except OSError:
                continue
            for line in text.splitlines():
                name, _equals, value = line.partition("=")
                if name.rstrip().endswith("localPath") and value.strip():
                    yield SyncedFolder(value.strip().strip('"'), service)


def _application_folders(program: str) -> Iterator[Path]:
    for variable in ("APPDATA", "LOCALAPPDATA"):
        if os.environ.get(variable):
            yield Path(os.environ[variable], program)


def _mounts() -> list[Mount]:
    if sys.platform == "darwin":
        return parse_mount_list(_mount_list())
    try:
        return parse_mountinfo(MOUNTS.read_text(encoding="utf-8", errors="surrogateescape"))
    except OSError:
        return []


def _mount_list() -> str:
    import subprocess

    try:
        done = subprocess.run(
            ["/sbin/mount"], capture_output=True, text=True, timeout=_SECONDS_FOR_MOUNTS, check=False
        )
    except (OSError, subprocess.SubprocessError):
        return ""
    return done.stdout


def parse_mountinfo(text: str) -> list[Mount]:
    """The mounts of Linux's ``/proc/self/mountinfo``, in order: of two on one folder the later covers."""
    mounts = []
    for line in text.splitlines():
        before, dash, behind = line.partition(" - ")
        fields = before.split(" ")
        if dash and len(fields) > 4:
            mounts.append(Mount(_unescaped(fields[4]), behind.split(" ")[0]))
    return mounts


def _unescaped(folder: str) -> str:
    for written, meant in (("\\040", " "), ("\\011", "\t"), ("\\012", "\n"), ("\\134", "\\")):
        folder = folder.replace(written, meant)
    return folder


def parse_mount_list(text: str) -> list[Mount]:
    """The mounts that macOS's ``mount`` lists: ``//anne@server/share on /Volumes/share (smbfs, nodev)``."""
    mounts = []
    for line in text.splitlines():
        _source, on, rest = line.partition(" on ")
        folder, bracket, kinds = rest.rpartition(" (")
        if on and bracket:
            mounts.append(Mount(folder, kinds.rstrip(")").split(",")[0].strip()))
    return mounts
