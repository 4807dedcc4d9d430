"""Where a file lies, decided from its path as text and from what the system has said already.

No file is touched here: looking at a path on a dead share can hang for minutes, and on Windows it hands the
user's name to the server. The dangers are SQLite's own ("How to corrupt", "Use over a network").
"""

from __future__ import annotations

import ntpath
import posixpath
from enum import Enum
from typing import NamedTuple


class PlaceKind(Enum):
    """What kind of place a file lies in."""

    LOCAL = "local"
    REMOVABLE = "removable"
    FLEETING = "fleeting"
    SYNCED = "synced"
    NETWORK = "network"


class Session(Enum):
    """How lasting the user's own folders are on this computer."""

    LASTING = "lasting"
    HOST = "host"
    TEMPORARY = "temporary"


class Mount(NamedTuple):
    """A file system: the folder where it hangs, and its type as the system names it."""

    folder: str
    kind: str


class SyncedFolder(NamedTuple):
    """A folder that a service copies between computers: its path, and the service's name."""

    folder: str
    service: str


class Surroundings(NamedTuple):
    """What the system says without a file being touched.

    ``drives`` are letters with "network" or "removable"; ``profile`` is the folder of the user's own things.
    """

    is_windows: bool = False
    mounts: tuple[Mount, ...] = ()
    drives: tuple[tuple[str, str], ...] = ()
    synced: tuple[SyncedFolder, ...] = ()
    session: Session = Session.LASTING
    profile: str = ""


class FilePlace(NamedTuple):
    """Where a file lies; ``service`` names what synchronises it, ``session`` how lasting the profile is."""

    kind: PlaceKind
    service: str = ""
    session: Session = Session.LASTING

    @property
    def is_risky(self) -> bool:
        """Whether a register had better not be written to there."""
        return self.kind in (PlaceKind.FLEETING, PlaceKind.SYNCED, PlaceKind.NETWORK)


_NETWORK_TYPES = frozenset(
    (
        "9p", "afpfs", "afs", "autofs", "beegfs", "ceph", "cifs", "coda", "davfs", "drvfs", "gfs2",
        "glusterfs", "gpfs", "lustre", "ncpfs", "nfs", "nfs3", "nfs4", "ocfs2", "orangefs", "panfs",
        "prl_fs", "pvfs2", "smb2", "smb3", "smbfs", "vboxsf", "virtiofs", "vmhgfs", "webdav",
    )
)  # fmt: skip
_NETWORK_FUSE = frozenset(
    (
        "curlftpfs", "davfs2", "gcsfuse", "glusterfs", "gvfsd-fuse", "httpfs", "jmtpfs", "juicefs",
        "kio-fuse", "moosefs", "rclone", "s3fs", "seaweedfs", "simple-mtpfs", "smbnetfs", "sshfs",
        "vmhgfs-fuse", "webdavfs", "wdfs",
    )
)  # fmt: skip
_SYNCED_FUSE = {
    "onedriver": "OneDrive",
    "google-drive-ocamlfuse": "Google Drive",
    "dbxfs": "Dropbox",
    "icloud": "iCloud",
}

#: Names that synchronising programs give their folders, whole or as a beginning.
_NAMES = {
    "onedrive": "OneDrive",
    "skydrive": "OneDrive",
    "dropbox": "Dropbox",
    "google drive": "Google Drive",
    "google drev": "Google Drive",
    "my drive": "Google Drive",
    "mit drev": "Google Drive",
    "iclouddrive": "iCloud",
    "icloud drive": "iCloud",
    "mobile documents": "iCloud",
    "com~apple~clouddocs": "iCloud",
    "nextcloud": "Nextcloud",
    "owncloud": "ownCloud",
    "pcloud drive": "pCloud",
    "box sync": "Box",
}
#: What may stand between such a name and the account behind it: "OneDrive - Eksempel Kommune".
_BEHIND_A_NAME = (" - ", " – ", " (")
#: macOS keeps all of them here: ~/Library/CloudStorage/OneDrive-EksempelKommune
_CLOUD_STORAGE = ("library", "cloudstorage")

_SERVER_DEVICES = ("unc\\", "mup\\", "globalroot\\device\\mup\\", "globalroot\\device\\lanman")
_DEVICE_STARTS = ("\\\\?\\", "\\\\.\\", "\\??\\")


def place_of(path: str, around: Surroundings) -> FilePlace:
    """Where the file at ``path`` (absolute) lies. Nothing is looked up; links are not followed."""
    if is_unc(path, is_windows=around.is_windows):
        return FilePlace(PlaceKind.NETWORK, session=around.session)
    parts = _parts(path, around)
    service = _service_of(parts, around)
    drive = dict(around.drives).get(_letter(path), "") if around.is_windows else ""
    mount = _mount_of(parts, around)
    if service or mount in _SYNCED_FUSE:
        return FilePlace(PlaceKind.SYNCED, service or _SYNCED_FUSE[mount], around.session)
    if drive == "network" or mount in _NETWORK_TYPES or mount in _NETWORK_FUSE:
        return FilePlace(PlaceKind.NETWORK, session=around.session)
    if drive == "removable" or _is_removable(parts, mount, around):
        return FilePlace(PlaceKind.REMOVABLE, session=around.session)
    if around.session is not Session.LASTING and _is_below(parts, around.profile, around):
        return FilePlace(PlaceKind.FLEETING, session=around.session)
    return FilePlace(PlaceKind.LOCAL, session=around.session)


def is_unc(path: str, *, is_windows: bool) -> bool:
    r"""Whether ``path`` names a server: ``\\server\share``, ``//server/share``, ``\\?\UNC\server\share``.

    Backslashes count everywhere: such a path may have been pasted on a Mac. Two slashes only mean a server on
    Windows.
    """
    text = path.strip().strip('"')
    if is_windows:
        text = text.replace("/", "\\")
    for start in _DEVICE_STARTS:
        if text.startswith(start):
            rest = text[len(start) :].lower()
            return rest.startswith(
                ("unc\\", "globalroot\\device\\mup\\", "mup\\", "globalroot\\device\\lanman")
            )
    return text.startswith("\\\\")


def _letter(path: str) -> str:
    text = path.replace("/", "\\")
    for start in _DEVICE_STARTS:
        text = text.removeprefix(start)
    return text[0].upper() if text[1:2] == ":" and text[0].isalpha() else ""


def _parts(path: str, around: Surroundings) -> tuple[str, ...]:
    """The names on the way to ``path``, in the case in which the system compares them."""
    if not around.is_windows:
        return tuple(part for part in posixpath.normpath(path).split("/") if part)
    text = path.replace("/", "\\")
    for start in _DEVICE_STARTS:
        text = text.removeprefix(start)
    return tuple(part.rstrip(". ").lower() for part in ntpath.normpath(text).split("\\") if part)


def _is_below(parts: tuple[str, ...], folder: str, around: Surroundings) -> bool:
    above = _parts(folder, around) if folder else ()
    return bool(above) and parts[: len(above)] == above


def _service_of(parts: tuple[str, ...], around: Surroundings) -> str:
    for folder in around.synced:
        if _is_below(parts, folder.folder, around):
            return folder.service
    folders = [part.lower() for part in parts[:-1]]
    for name in folders:
        for start, service in _NAMES.items():
            behind = tuple(start + sign for sign in _BEHIND_A_NAME)
            if name == start or name.startswith(behind):
                return service
    for place in range(len(folders) - 2):
        if tuple(folders[place : place + 2]) == _CLOUD_STORAGE:
            return parts[place + 2].partition("-")[0]
    return ""


def _mount_of(parts: tuple[str, ...], around: Surroundings) -> str:
    """The type of the file system that holds the file, without "fuse."; "" for the one of the whole system.

    A computer that runs from a network disk has no other place, so its root is no network drive.
    """
    best: tuple[str, ...] = ()
    kind = ""
    for mount in around.mounts:
        folder = _parts(mount.folder, around)
        if folder and len(folder) >= len(best) and parts[: len(folder)] == folder:
            best, kind = folder, mount.kind
    return kind.removeprefix("fuse.").lower()


def _is_removable(parts: tuple[str, ...], mount: str, around: Surroundings) -> bool:
    if around.is_windows or not mount:
        return False
    return parts[:1] in (("media",), ("Volumes",)) or parts[:2] == ("run", "media")
