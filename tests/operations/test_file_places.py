"""A register in a risky place is explained before anything of it is touched, and never written to unasked."""

from __future__ import annotations

import os
import threading
from pathlib import Path

import pytest

from coi_desktop.errors import Problem
from coi_desktop.models.file_places import Mount, PlaceKind, Session, Surroundings, SyncedFolder
from coi_desktop.operations.file_places import find_place, refuse_unreachable
from coi_desktop.operations.initiatives import add_initiative
from coi_desktop.operations.registers import create_register, open_register
from coi_desktop.store.register import Register


def contents(folder: Path) -> dict[str, tuple[bytes, int]]:
    """Every file below a folder with its bytes and time of change."""
    return {
        str(path.relative_to(folder)): (path.read_bytes(), path.stat().st_mtime_ns)
        for path in folder.rglob("*")
        if path.is_file()
    }


@pytest.fixture
def synced(tmp_path: Path) -> Path:
    """A register with an initiative in a folder of OneDrive."""
    path = tmp_path / "OneDrive - Eksempel Kommune" / "register.coi"
    with Register.create(path) as register:
        add_initiative(register, {"title": "Nabohjælp"})
    return path


def test_a_register_in_onedrive_is_explained_and_not_written_to(synced: Path) -> None:
    before = contents(synced.parent)
    with pytest.raises(Problem) as caught:
        open_register(synced)
    assert caught.value.code == "synced_place"
    assert "OneDrive" in caught.value.what
    with open_register(synced, write=False) as register:
        assert register.count("initiative") == 1
    assert contents(synced.parent) == before


def test_whoever_insists_may_write_there(synced: Path) -> None:
    with open_register(synced, anywhere=True) as register:
        add_initiative(register, {"title": "Elbiler"})


@pytest.mark.parametrize("path", [r"\\server\share\register.coi", r"\\?\UNC\server\share\r.coi"])
def test_a_share_is_refused_from_its_name_alone(path: str, monkeypatch: pytest.MonkeyPatch) -> None:
    touched: list[object] = []
    for name in ("stat", "lstat", "readlink", "open", "access"):
        monkeypatch.setattr(os, name, lambda *given, **_more: touched.append(given))
    with pytest.raises(Problem) as caught:
        open_register(Path(path), look=lambda _path: Surroundings())
    with pytest.raises(Problem) as caught_too:
        create_register(Path(path), look=lambda _path: Surroundings())
    monkeypatch.undo()
    assert caught.value.code == caught_too.value.code == "network_place"
    assert touched == []


def test_none_is_made_in_a_risky_place(tmp_path: Path) -> None:
    path = tmp_path / "Dropbox" / "nyt.coi"
    with pytest.raises(Problem):
        create_register(path)
    assert list(tmp_path.iterdir()) == []
    create_register(path, anywhere=True).close()
    assert path.exists()


def test_a_link_into_a_synchronised_folder_is_followed(synced: Path, tmp_path: Path) -> None:
    (tmp_path / "genvej").symlink_to(synced.parent)
    (tmp_path / "register.coi").symlink_to(Path("genvej") / synced.name)
    assert find_place(tmp_path / "register.coi").service == "OneDrive"
    assert find_place(tmp_path / "et andet.coi").kind is PlaceKind.LOCAL


def test_links_that_lead_in_a_circle_are_no_hang(tmp_path: Path) -> None:
    (tmp_path / "a").symlink_to("b")
    (tmp_path / "b").symlink_to("a")
    assert find_place(tmp_path / "a" / "r.coi").kind is PlaceKind.LOCAL


def test_no_link_is_looked_for_behind_a_share(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    share = tmp_path / "drev"
    (share / "mappe").mkdir(parents=True)
    around = Surroundings(mounts=(Mount(str(share), "cifs"),))
    read = os.readlink
    looked: list[str] = []
    monkeypatch.setattr(os, "readlink", lambda path: (looked.append(str(path)), read(path))[1])
    (tmp_path / "genvej").symlink_to(share / "mappe")
    assert find_place(tmp_path / "genvej" / "r.coi", lambda _path: around).kind is PlaceKind.NETWORK
    assert not [path for path in looked if path.startswith(str(share))]


def test_a_profile_that_is_emptied_gets_no_register_unasked(tmp_path: Path) -> None:
    around = Surroundings(session=Session.TEMPORARY, profile=str(tmp_path))
    with pytest.raises(Problem) as caught:
        create_register(tmp_path / "register.coi", look=lambda _path: around)
    assert caught.value.code == "fleeting_place"
    assert "denne computer" not in caught.value.advice.split(".")[0]
    assert list(tmp_path.iterdir()) == []


def test_a_share_that_does_not_answer_is_given_up(tmp_path: Path) -> None:
    answer = threading.Event()
    with pytest.raises(Problem) as caught:
        refuse_unreachable(tmp_path / "r.coi", 0.05, lambda _path: answer.wait(10))
    answer.set()
    assert caught.value.code == "unreachable"
    refuse_unreachable(tmp_path / "r.coi", 5)


def test_any_folder_can_be_synchronised(tmp_path: Path) -> None:
    around = Surroundings(synced=(SyncedFolder(str(tmp_path), "Nextcloud"),))
    assert find_place(tmp_path / "r.coi", lambda _path: around).service == "Nextcloud"
