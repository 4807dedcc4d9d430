"""Where a file lies, told from text and tables alone: twenty spellings of a share, and what only looks so."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coi_desktop.models.file_places import (
    FilePlace,
    Mount,
    PlaceKind,
    Session,
    Surroundings,
    SyncedFolder,
    is_unc,
    place_of,
)
from coi_desktop.models.place_words import PLACE_CODES, name_of_place, risk_of

WINDOWS = Surroundings(
    is_windows=True,
    drives=(("H", "network"), ("E", "removable")),
    synced=(SyncedFolder(r"C:\Users\anne\Eksempel Kommune\Team - Dokumenter", "OneDrive"),),
    profile=r"C:\Users\anne",
)
LINUX = Surroundings(
    mounts=(
        Mount("/", "ext4"),
        Mount("/mnt/fælles drev", "cifs"),
        Mount("/mnt/fælles drev/lokalt", "ext4"),
        Mount("/hjem/anne/sky", "fuse.rclone"),
        Mount("/hjem/anne/od", "fuse.onedriver"),
        Mount("/run/user/1000/gvfs", "fuse.gvfsd-fuse"),
        Mount("/run/media/anne/USB", "vfat"),
        Mount("/mnt/data", "xfs"),
    ),
    synced=(SyncedFolder("/hjem/anne/Filer/Dbx", "Dropbox"),),
    profile="/hjem/anne",
)
MAC = Surroundings(
    mounts=(Mount("/", "apfs"), Mount("/Volumes/stick", "msdos"), Mount("/Volumes/F", "smbfs"))
)


@pytest.mark.parametrize(
    "path",
    [
        r"\\server\share\register.coi",
        r"\\server\share",
        r"\\server.kommune.dk\f$\register.coi",
        "//server/share/register.coi",
        r"/\server\share\register.coi",
        r"\/server/share/register.coi",
        r"\\10.0.0.7\share\register.coi",
        r"\\[fe80::1]\share\register.coi",
        r"\\fe80--1.ipv6-literal.net\share\r.coi",
        r"\\server@SSL\DavWWWRoot\sites\register.coi",
        r"\\server@8080\DavWWWRoot\r.coi",
        r"\\?\UNC\server\share\register.coi",
        r"\\?\unc\server\share\register.coi",
        r"\\.\UNC\server\share\register.coi",
        r"\??\UNC\server\share\r.coi",
        r"\\?\GLOBALROOT\Device\Mup\server\share\r.coi",
        r"\\wsl$\Debian\home\anne\register.coi",
        r"\\wsl.localhost\Debian\home\register.coi",
        r"\\tsclient\C\register.coi",
        r"\\SERVER\Fælles drev\Innovation æøå\register.coi",
        '"\\\\server\\share\\register.coi"',
    ],
)
def test_every_spelling_of_a_share_is_a_network_place_on_windows(path: str) -> None:
    assert is_unc(path, is_windows=True)
    assert place_of(path, WINDOWS).kind is PlaceKind.NETWORK


@pytest.mark.parametrize("path", [r"\\server\share\register.coi", r"\\?\UNC\server\share\r.coi"])
def test_a_share_pasted_elsewhere_is_known_too(path: str) -> None:
    assert place_of(path, LINUX).kind is PlaceKind.NETWORK


@pytest.mark.parametrize(
    "path",
    [r"\\?\C:\Users\bo\register.coi", r"\\.\C:\register.coi", r"C:\register.coi", r"C:\OneDriver\r.coi"],
)
def test_device_paths_of_an_own_disk_are_local(path: str) -> None:
    assert place_of(path, WINDOWS).kind is PlaceKind.LOCAL


def test_two_slashes_are_no_server_on_linux() -> None:
    assert place_of("//hjem/bo/register.coi", LINUX).kind is PlaceKind.LOCAL


@pytest.mark.parametrize(
    ("path", "kind", "service"),
    [
        (r"H:\Innovation\register.coi", PlaceKind.NETWORK, ""),
        ("h:/Innovation/register.coi", PlaceKind.NETWORK, ""),
        (r"\\?\H:\register.coi", PlaceKind.NETWORK, ""),
        (r"E:\register.coi", PlaceKind.REMOVABLE, ""),
        (r"C:\Users\anne\AppData\Local\COI Desktop\register.coi", PlaceKind.LOCAL, ""),
        (r"C:\Users\anne\OneDrive - Eksempel Kommune\Dokumenter\r.coi", PlaceKind.SYNCED, "OneDrive"),
        (r"C:\Users\anne\onedrive\r.coi", PlaceKind.SYNCED, "OneDrive"),
        (r"c:\users\ANNE\eksempel kommune\team - dokumenter\r.coi", PlaceKind.SYNCED, "OneDrive"),
        (r"C:\Users\anne\x\..\OneDrive\r.coi", PlaceKind.SYNCED, "OneDrive"),
        (r"C:\Users\anne\OneDrive.\r.coi", PlaceKind.SYNCED, "OneDrive"),
        (r"C:\Users\anne\Dropbox (Eksempel Kommune)\r.coi", PlaceKind.SYNCED, "Dropbox"),
        (r"G:\Mit drev\r.coi", PlaceKind.SYNCED, "Google Drive"),
        (r"C:\Users\anne\iCloudDrive\r.coi", PlaceKind.SYNCED, "iCloud"),
        (r"C:\OneDrive.coi", PlaceKind.LOCAL, ""),
        (r"C:\Users\anne\Eksempel Kommune\Team - Dokumenter2\r.coi", PlaceKind.LOCAL, ""),
    ],
)
def test_places_on_windows(path: str, kind: PlaceKind, service: str) -> None:
    assert place_of(path, WINDOWS) == FilePlace(kind, service)


@pytest.mark.parametrize(
    ("path", "kind", "service"),
    [
        ("/hjem/anne/register.coi", PlaceKind.LOCAL, ""),
        ("/mnt/data/register.coi", PlaceKind.LOCAL, ""),
        ("/mnt/fælles drev/register.coi", PlaceKind.NETWORK, ""),
        ("/mnt/fælles drev/lokalt/register.coi", PlaceKind.LOCAL, ""),
        ("/mnt/fælles drevet/register.coi", PlaceKind.LOCAL, ""),
        ("/hjem/anne/sky/register.coi", PlaceKind.NETWORK, ""),
        ("/hjem/anne/od/register.coi", PlaceKind.SYNCED, "OneDrive"),
        ("/run/user/1000/gvfs/smb-share:server=f,share=x/r.coi", PlaceKind.NETWORK, ""),
        ("/run/media/anne/USB/register.coi", PlaceKind.REMOVABLE, ""),
        ("/hjem/anne/Filer/Dbx/register.coi", PlaceKind.SYNCED, "Dropbox"),
        ("/hjem/anne/Nextcloud/register.coi", PlaceKind.SYNCED, "Nextcloud"),
        ("/hjem/anne/nextcloud-kladde/register.coi", PlaceKind.LOCAL, ""),
    ],
)
def test_places_on_linux(path: str, kind: PlaceKind, service: str) -> None:
    assert place_of(path, LINUX) == FilePlace(kind, service)


@pytest.mark.parametrize(
    ("path", "kind", "service"),
    [
        ("/Users/anne/Library/Mobile Documents/com~apple~CloudDocs/r.coi", PlaceKind.SYNCED, "iCloud"),
        ("/Users/anne/Library/CloudStorage/OneDrive-EksempelKommune/r.coi", PlaceKind.SYNCED, "OneDrive"),
        ("/Users/anne/Library/CloudStorage/Box-Box/r.coi", PlaceKind.SYNCED, "Box"),
        ("/Volumes/F/r.coi", PlaceKind.NETWORK, ""),
        ("/Volumes/stick/r.coi", PlaceKind.REMOVABLE, ""),
        ("/Users/anne/Library/Application Support/COI Desktop/register.coi", PlaceKind.LOCAL, ""),
    ],
)
def test_places_on_macos(path: str, kind: PlaceKind, service: str) -> None:
    assert place_of(path, MAC) == FilePlace(kind, service)


def test_a_computer_that_runs_from_the_network_has_no_other_place() -> None:
    diskless = Surroundings(mounts=(Mount("/", "nfs4"), Mount("/mnt/f", "nfs4")))
    assert place_of("/hjem/anne/r.coi", diskless).kind is PlaceKind.LOCAL
    assert place_of("/mnt/f/r.coi", diskless).kind is PlaceKind.NETWORK


@pytest.mark.parametrize("session", [Session.HOST, Session.TEMPORARY])
def test_a_profile_that_is_emptied_is_no_place_for_a_register(session: Session) -> None:
    around = WINDOWS._replace(session=session)
    own = r"C:\Users\anne\AppData\Local\COI Desktop\register.coi"
    assert place_of(own, around) == FilePlace(PlaceKind.FLEETING, session=session)
    assert place_of(r"D:\Innovation\register.coi", around).kind is PlaceKind.LOCAL
    assert place_of(r"H:\register.coi", around) == FilePlace(PlaceKind.NETWORK, session=session)


@pytest.mark.parametrize("session", [Session.HOST, Session.TEMPORARY])
@pytest.mark.parametrize("kind", [PlaceKind.NETWORK, PlaceKind.SYNCED, PlaceKind.FLEETING])
def test_nobody_is_told_to_move_into_a_profile_that_is_emptied(session: Session, kind: PlaceKind) -> None:
    here = "til denne computer"
    problem = risk_of(FilePlace(kind, "OneDrive", session), "register.coi")
    assert here not in str(problem)
    assert "logger af" in f"{problem.what} {problem.advice}"
    if kind is not PlaceKind.FLEETING:
        assert here in str(risk_of(FilePlace(kind, "OneDrive"), "register.coi"))  # the control


def test_every_risk_is_said_in_three_sentences_and_has_a_code() -> None:
    codes = set()
    for kind in PlaceKind:
        place = FilePlace(kind, "Dropbox")
        assert name_of_place(place)
        if not place.is_risky:
            with pytest.raises(ValueError, match="no risk"):
                risk_of(place, "register.coi")
            continue
        problem = risk_of(place, "register.coi")
        assert "register.coi" in problem.what
        assert problem.meaning
        assert problem.advice
        codes.add(problem.code)
    assert codes == PLACE_CODES


@given(st.text(), st.sampled_from([WINDOWS, LINUX, MAC]))
def test_any_text_has_a_place(path: str, around: Surroundings) -> None:
    assert isinstance(place_of(path, around), FilePlace)
