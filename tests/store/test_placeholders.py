"""Files that lie in the cloud only are told from files that are here, without being read."""

from __future__ import annotations

from pathlib import Path

import pytest

from coi_desktop.store.file_store import FileState, FileStore
from coi_desktop.store.placeholders import is_placeholder
from tests.store.test_surroundings import FakeWindows

ARCHIVE, REPARSE, PINNED, UNPINNED = 0x20, 0x400, 0x80000, 0x100000
OFFLINE, RECALL_ON_OPEN, RECALL_ON_ACCESS = 0x1000, 0x40000, 0x400000


@pytest.mark.parametrize(
    ("attributes", "expected"),
    [
        (ARCHIVE, False),
        (ARCHIVE | REPARSE | PINNED, False),
        (ARCHIVE | REPARSE | UNPINNED, False),
        (ARCHIVE | REPARSE | RECALL_ON_ACCESS, True),
        (ARCHIVE | REPARSE | UNPINNED | RECALL_ON_ACCESS | OFFLINE, True),
        (RECALL_ON_OPEN, True),
        (OFFLINE, True),
        (0xFFFFFFFF, False),
    ],
)
def test_windows_tells_by_the_attributes(tmp_path: Path, attributes: int, expected: bool) -> None:
    assert is_placeholder(tmp_path / "register.coi", FakeWindows(attributes=attributes)) is expected


def test_the_stub_of_an_older_icloud_stands_for_its_file(tmp_path: Path) -> None:
    path = tmp_path / "register.coi"
    assert not is_placeholder(path)
    (tmp_path / ".register.coi.icloud").write_bytes(b"bplist00")
    assert is_placeholder(path)
    path.write_bytes(b"here")
    assert not is_placeholder(path)


def test_attachments_in_the_cloud_are_not_fetched_by_the_check(tmp_path: Path) -> None:
    store = FileStore(tmp_path / "filer", is_away=lambda path: path.name == away.sha256)
    away = FileStore(tmp_path / "filer").put(b"i skyen")
    here = FileStore(tmp_path / "filer").put(b"her")
    store.path(away.sha256).write_bytes(b"reading this would be seen as a change")
    states = dict(store.iter_states([away.sha256, here.sha256]))
    assert states == {away.sha256: FileState.ELSEWHERE, here.sha256: FileState.WHOLE}
    assert FileStore(tmp_path / "filer").find_changed([away.sha256]) == [away.sha256], "the control: it reads"
