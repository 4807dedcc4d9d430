"""Erasing for good: no byte of it is left, the register is sound, and undo of everything else still works."""

from __future__ import annotations

import os
import signal
import sqlite3
import subprocess
import sys
import time
import zlib
from collections.abc import Iterator
from contextlib import closing, suppress
from pathlib import Path

import pytest

from coi_desktop.models.changes import Op
from coi_desktop.models.erasure_list import ErasureList, hash_keys
from coi_desktop.models.person_mentions import Mentions, PersonForms, keys_of
from coi_desktop.models.query import Query
from coi_desktop.store import erasing
from coi_desktop.store.erasing import Erasure
from coi_desktop.store.register import Register
from coi_desktop.store.wiping import is_wipe_due
from tests.store.making import StandingClock, add, drop, edit

NAME, MAIL, PHONE = "Quenya Zwxberg", "qzwx@aeroe.example", "20 93 47 61"
TOKENS = ("quenya", "zwxberg", "qzwx", "20934761", "20 93 47 61")
FORMS = PersonForms((NAME,), (MAIL,), (PHONE,))
KEYS = keys_of(FORMS)
SALT = "ab" * 32
ERASE = Op("person.erase", "Erase person")


def erasure(register: Register) -> Erasure:
    mentions = Mentions.of(KEYS)
    people = frozenset(text.key for text in register.texts(with_history=True) if text.table == "person")
    return Erasure(
        lambda text: mentions.without(text, "[slettet person]"),
        {"person": people},
        hash_keys(KEYS, (), SALT, "2026-11-22T10:42:00.000+00:00"),
    )


def plant(register: Register) -> dict[str, str]:
    """The person in a dozen places, present and past."""
    ids = {"one": add(register, "Robot", owner=NAME, problem=f"Ring til {NAME} på {PHONE}", leader="Bo Ek")}
    edit(register, ids["one"], leader=NAME)
    edit(register, ids["one"], leader="Ib Mo")
    ids["gone"] = add(register, f"Idé fra {NAME}", description=f"{MAIL} skrev. " * 400)
    drop(register, ids["gone"])

    def fill(writer: object) -> str:
        put = writer.put
        put("tag", {"initiative_id": ids["one"], "name": NAME})
        put("partner", {"initiative_id": ids["one"], "name": "Firma", "role": f"kontakt {MAIL}"})
        put(
            "import_source",
            {
                "initiative_id": ids["one"],
                "source": "liste.xlsx",
                "last_values": '{"owner": "Quenya Zwxberg"}',
            },
        )
        put("attachment", {"initiative_id": ids["one"], "title": "CV", "file_name": "cv_quenya_zwxberg.pdf"})
        put("view", {"name": f"Alt hos {NAME}", "filters": f'owner = "{NAME}"', "search": "zwxberg quenya"})
        return str(put("person", {"name": NAME, "email": MAIL, "phone": PHONE, "note": "fødselsdag i maj"}))

    ids["person"] = register.transact(Op("test.fill", "Fill"), fill, detail=f"for {NAME}").result
    register.undo()
    register.redo()
    return ids


def bytes_of(folder: Path) -> Iterator[tuple[Path, bytes]]:
    """Every file below a folder, as it is and with every deflated stretch in it unpacked."""
    for path in sorted(folder.rglob("*")):
        if path.is_file():
            raw = path.read_bytes()
            yield path, raw
            for mark in (b"\x78\x01", b"\x78\x9c", b"\x78\xda"):
                start = raw.find(mark)
                while start >= 0:
                    with suppress(zlib.error):
                        yield path, zlib.decompressobj().decompress(raw[start:])
                    start = raw.find(mark, start + 1)


def find_tokens(folder: Path, tokens: tuple[str, ...] = TOKENS) -> list[tuple[str, str]]:
    """Files and tokens that stand in them, in UTF-8 or UTF-16, whatever the case."""
    found = set()
    for path, content in bytes_of(folder):
        lower = content.lower()
        for token in tokens:
            if any(token.encode(coding) in lower for coding in ("utf-8", "utf-16-le", "utf-16-be")):
                found.add((path.name, token))
    return sorted(found)


def test_no_byte_of_the_person_is_left(register: Register, path: Path) -> None:
    plant(register)
    assert find_tokens(path.parent)
    register.erase(erasure(register), ERASE)
    assert register.wipe()
    register.close()
    assert find_tokens(path.parent) == []


def test_the_control_without_overwriting_and_without_a_wipe_leaves_bytes(path: Path) -> None:
    """SQLite is often built to overwrite: the control switches that off, and the search must find it out."""
    with Register.create(path) as register:
        plant(register)
        planned = erasure(register)
    with closing(sqlite3.connect(path, isolation_level=None)) as connection:
        connection.execute("PRAGMA secure_delete = OFF")
        connection.execute("BEGIN IMMEDIATE")
        erasing.erase_in(connection, planned)
        connection.execute("COMMIT")
    assert find_tokens(path.parent)


def test_the_wipe_clears_what_was_deleted_without_overwriting(path: Path) -> None:
    with Register.create(path) as register:
        plant(register)
        planned = erasure(register)
    with closing(sqlite3.connect(path, isolation_level=None)) as connection:
        connection.execute("PRAGMA secure_delete = OFF")
        connection.execute("BEGIN IMMEDIATE")
        erasing.erase_in(connection, planned)
        connection.execute("COMMIT")
    with Register.open(path) as register:  # finishes what was cut off
        assert not is_wipe_due(register._connection)
    assert find_tokens(path.parent) == []


def test_the_register_is_sound_and_everything_else_is_undone_and_redone(
    register: Register, clock: StandingClock
) -> None:
    ids = plant(register)
    register.erase(erasure(register), ERASE)
    register.wipe()
    assert register.find_damage() == []
    assert register.get("initiative", ids["one"])["owner"] == "[slettet person]"
    assert register.get("initiative", ids["one"])["leader"] == "Ib Mo"
    assert register.count("person") == 0
    steps = 0
    while register.undo() is not None:
        steps += 1
        assert register.find_damage() == []
        assert not any(Mentions.of(KEYS).is_in(text.text) for text in register.texts(with_history=True))
    assert steps == 6
    while register.redo() is not None:
        pass
    assert register.find_damage() == []
    assert register.count("person") == 0
    assert register.get("initiative", ids["one"])["leader"] == "Ib Mo"


def test_a_wipe_that_another_reader_keeps_off_is_done_at_the_next_opening(
    register: Register, path: Path
) -> None:
    plant(register)
    register.erase(erasure(register), ERASE)
    with closing(sqlite3.connect(path, isolation_level=None)) as reader:
        reader.execute("BEGIN")
        reader.execute("SELECT count(*) FROM step").fetchone()
        register._connection.execute("PRAGMA busy_timeout = 50")
        assert not register.wipe()
        assert is_wipe_due(register._connection)
    register.close()
    with Register.open(path) as again:
        assert not is_wipe_due(again._connection)
        assert again.find_damage() == []


def test_search_finds_nobody_and_others_as_before(register: Register) -> None:
    ids = plant(register)
    assert register.find_ids(Query(search="zwxberg")) == [ids["one"]]
    register.erase(erasure(register), ERASE)
    assert register.find_ids(Query(search="zwxberg")) == []
    assert register.find_ids(Query(search="slettet")) == [ids["one"]]
    assert register.find_ids(Query(search="robot")) == [ids["one"]]


def test_erasing_stands_in_the_history_and_is_no_step_to_undo(register: Register) -> None:
    plant(register)
    before = register.next_undo
    changes, _erased = register.erase(erasure(register), ERASE)
    newest = register.history(limit=1)[0]
    assert (newest.op, newest.rows, newest.detail) == (ERASE, (), "")
    assert changes.revision == register.revision == newest.revision
    assert register.next_undo == (before[0], before[1].replace(NAME, "[slettet person]")) if before else True


def test_only_hashes_of_the_person_are_kept(register: Register, path: Path) -> None:
    plant(register)
    register.erase(erasure(register), ERASE)
    erased = ErasureList(register.erased_keys())
    assert erased.mentions().find(f"Se {NAME}") == [(3, 3 + len(NAME))]
    assert erased.mentions().find("Se Kirsten Berg") == []


def test_an_erased_attachment_goes_with_its_history_and_lets_go_of_its_newer_one(register: Register) -> None:
    one = add(register, "Robot")

    def two(writer: object) -> tuple[str, str]:
        put = writer.put
        new = put("attachment", {"initiative_id": one, "title": "Nyt"})
        return put("attachment", {"initiative_id": one, "title": "Gammelt", "newer_id": new}), new

    old, new = register.transact(Op("test.two", "Two"), two).result
    register.erase(Erasure(lambda text: text, {"attachment": frozenset({new})}), ERASE)
    assert [record.id for record in register.children("attachment", one)] == [old]
    assert register.get("attachment", old)["newer_id"] is None
    assert register.find_damage() == []
    register.undo()
    register.redo()
    assert [record.id for record in register.children("attachment", one)] == [old]
    assert register.find_damage() == []


TURNS = 8
KILLED = """
import sys
from pathlib import Path
from coi_desktop.store.register import Register
from tests.store.test_erasing import ERASE, erasure
register = Register.open(Path(sys.argv[1]))
planned = erasure(register)
print("ready", flush=True)
register.erase(planned, ERASE)
register.wipe()
print("done", flush=True)
"""


@pytest.mark.skipif(os.name != "posix", reason="kills by signal")
def test_killed_in_the_middle_it_is_as_before_or_erased(tmp_path: Path) -> None:
    original = tmp_path / "original.coi"
    with Register.create(original) as register:
        plant(register)
        for number in range(60):
            add(register, f"Nr. {number}", owner=NAME, description=f"{NAME} {number} " * 200)
    folder = tmp_path / "killed"
    folder.mkdir()
    path = folder / "register.coi"
    ends = set()
    for turn in range(TURNS):
        for left in folder.iterdir():
            left.unlink()
        path.write_bytes(original.read_bytes())
        child = subprocess.Popen([sys.executable, "-c", KILLED, str(path)], stdout=subprocess.PIPE)
        assert child.stdout is not None
        child.stdout.readline()
        if turn == TURNS - 1:
            child.stdout.readline()
        time.sleep(0.012 * turn)
        child.send_signal(signal.SIGKILL)
        child.wait()
        child.stdout.close()
        with Register.open(path) as register:
            assert register.find_damage() == []
            is_erased = bool(register.erased_keys())
            assert (register.count("person") == 0) == is_erased
        ends.add(is_erased)
        assert bool(find_tokens(folder)) != is_erased
    assert ends == {False, True}
