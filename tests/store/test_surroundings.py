"""What the system is asked about disks and sessions: real lists of mounts, and Windows stood in for."""

from __future__ import annotations

import json
from pathlib import Path
from typing import NamedTuple

import pytest

from coi_desktop.models.file_places import Mount, PlaceKind, Session, SyncedFolder, place_of
from coi_desktop.store.surroundings import parse_mount_list, parse_mountinfo, read_surroundings
from coi_desktop.store.windows_calls import (
    FIXED_DRIVE,
    MANDATORY_PROFILE,
    REMOTE_DRIVE,
    REMOVABLE_DRIVE,
    ROAMING_PROFILE,
    TEMPORARY_PROFILE,
    find_windows,
)

MOUNTINFO = r"""27 1 254:0 / / rw,relatime - ext4 /dev/vda rw,discard
60 27 0:52 / /mnt/F\303\246lles\040drev rw,relatime shared:30 master:1 - cifs //server/share rw,vers=3.1.1
61 27 0:53 / /hjem/anne/sky rw,nosuid - fuse.rclone drev: rw,user_id=1000
62 27 0:54 / /mnt/c rw,noatime - 9p C:\134 rw,dirsync,aname=drvfs
half a line
"""
MOUNT_LIST = """/dev/disk3s1s1 on / (apfs, sealed, local, read-only, journaled)
map auto_home on /System/Volumes/Data/home (autofs, automounted, nobrowse)
//anne@server._smb._tcp.local/share on /Volumes/Fælles drev (2) (smbfs, nodev, nosuid, mounted by anne)
"""


class FakeWindows(NamedTuple):
    """Windows as it would answer."""

    drive: int = FIXED_DRIVE
    profile: int = 0
    is_host: bool = False
    onedrive: tuple[str, ...] = ()
    attributes: int = 0

    def get_drive_type(self, letter: str) -> int:
        """The same for every letter."""
        assert letter.isalpha()
        return self.drive

    def get_file_attributes(self, path: str) -> int:
        """The same for every file."""
        assert path
        return self.attributes

    def get_profile_type(self) -> int:
        """The flags."""
        return self.profile

    def is_session_host(self) -> bool:
        """As told."""
        return self.is_host

    def find_onedrive_folders(self) -> list[str]:
        """As told."""
        return list(self.onedrive)


def test_the_mounts_of_linux_are_read_with_their_spaces() -> None:
    text = MOUNTINFO.encode().decode("utf-8").replace("\\303\\246", "æ")
    assert parse_mountinfo(text) == [
        Mount("/", "ext4"),
        Mount("/mnt/Fælles drev", "cifs"),
        Mount("/hjem/anne/sky", "fuse.rclone"),
        Mount("/mnt/c", "9p"),
    ]


def test_the_mounts_of_macos_are_read() -> None:
    assert parse_mount_list(MOUNT_LIST)[2] == Mount("/Volumes/Fælles drev (2)", "smbfs")
    assert parse_mount_list("nothing like it\n") == []


def test_dropbox_and_nextcloud_tell_where_their_folders_are(private_folders: Path) -> None:
    (private_folders / ".dropbox").mkdir()
    (private_folders / ".dropbox" / "info.json").write_text(
        json.dumps({"business": {"path": "/x/Dbx", "host": 1}, "personal": {"path": 7}}), encoding="utf-8"
    )
    settings = private_folders / "config" / "Nextcloud"
    settings.mkdir(parents=True)
    (settings / "nextcloud.cfg").write_text(
        "[Accounts]\n0\\Folders\\1\\localPath=/x/Sky æøå/\n0\\url=https\n", encoding="utf-8"
    )
    found = read_surroundings().synced
    assert SyncedFolder("/x/Dbx", "Dropbox") in found
    assert SyncedFolder("/x/Sky æøå/", "Nextcloud") in found
    assert len(found) == 2


@pytest.mark.parametrize("text", ["", "{", "[1]", '"x"', '{"a": 1}'])
def test_settings_of_others_that_cannot_be_read_are_passed_over(private_folders: Path, text: str) -> None:
    (private_folders / ".dropbox").mkdir()
    (private_folders / ".dropbox" / "info.json").write_text(text, encoding="utf-8")
    assert read_surroundings().synced == ()


def test_onedrive_is_known_from_its_variables(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("OneDriveCommercial", "/hjem/anne/Sky")
    assert read_surroundings().synced == (SyncedFolder("/hjem/anne/Sky", "OneDrive"),)


@pytest.mark.parametrize(
    ("drive", "kind"),
    [
        (REMOTE_DRIVE, PlaceKind.NETWORK),
        (REMOVABLE_DRIVE, PlaceKind.REMOVABLE),
        (FIXED_DRIVE, PlaceKind.LOCAL),
    ],
)
def test_a_drive_is_what_windows_says(drive: int, kind: PlaceKind) -> None:
    path = r"T:\Innovation\register.coi"
    assert place_of(path, read_surroundings(path, windows=FakeWindows(drive))).kind is kind


def test_windows_is_not_asked_for_the_drive_of_a_share() -> None:
    around = read_surroundings(r"\\server\share\r.coi", windows=FakeWindows(REMOTE_DRIVE))
    assert around.drives == ()


@pytest.mark.parametrize(
    ("profile", "is_host", "session"),
    [
        (0, False, Session.LASTING),
        (ROAMING_PROFILE, False, Session.LASTING),
        (0, True, Session.HOST),
        (ROAMING_PROFILE, True, Session.HOST),
        (TEMPORARY_PROFILE, False, Session.TEMPORARY),
        (TEMPORARY_PROFILE | ROAMING_PROFILE, True, Session.TEMPORARY),
        (MANDATORY_PROFILE, False, Session.TEMPORARY),
    ],
)
def test_how_lasting_the_profile_is(profile: int, is_host: bool, session: Session) -> None:
    assert read_surroundings("C:\\r.coi", windows=FakeWindows(0, profile, is_host)).session is session


def test_folders_of_onedrive_come_from_the_registry() -> None:
    folder = r"C:\Users\anne\Eksempel Kommune\Team - Dokumenter"
    around = read_surroundings(folder, windows=FakeWindows(onedrive=(folder,)))
    assert place_of(folder + r"\r.coi", around).service == "OneDrive"


def test_elsewhere_there_is_no_windows_to_ask() -> None:
    import sys

    assert (find_windows() is None) == (sys.platform != "win32")
