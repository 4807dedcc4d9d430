"""No pack of a stranger gets past the reader, writes anything, or holds the program up."""

from __future__ import annotations

import io
import random
import shutil
import time
import zipfile
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from coi_desktop.errors import Problem
from coi_desktop.exchange.pack_reader import read_pack
from coi_desktop.models.pack import CasePack
from coi_desktop.models.progress import run_to_end
from coi_desktop.operations.library import vocabulary
from tests.exchange.hostile_containers import BAD_PATHS, CONTAINERS, declared_path, entry_path, quoted_overlap
from tests.exchange.hostile_contents import CONTENTS, NEWER
from tests.exchange.pack_makers import good_pack, with_text

REFUSALS = {"pack_refused", "pack_newer"}
MOST_SECONDS = 10.0


def read(folder: Path, content: bytes) -> CasePack:
    """Read ``content`` as a pack; nothing but the pack may lie in the folder afterwards."""
    path = folder / "pakke.coipack"
    path.write_bytes(content)
    try:
        return run_to_end(read_pack(path, vocabulary()))
    finally:
        assert [found for found in folder.parents[1].rglob("*") if found.is_file()] == [path]
        assert path.read_bytes() == content


def refusal(folder: Path, content: bytes) -> Problem:
    start = time.perf_counter()
    with pytest.raises(Problem) as caught:
        read(folder, content)
    assert time.perf_counter() - start < MOST_SECONDS
    problem = caught.value
    assert problem.code in REFUSALS
    assert problem.meaning
    assert problem.advice
    assert len(str(problem)) < 700
    assert str(problem).replace("\n", "").isprintable()
    return problem


def is_refused_or_equals(folder: Path, content: bytes, expected: CasePack) -> bool:
    """True when a bent pack is refused; when it is not, it must say the very same as the straight one."""
    try:
        pack = read(folder, content)
    except Problem as problem:
        return problem.code in REFUSALS or pytest.fail(str(problem))
    assert pack == expected
    return False


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder with two above it that belong to the test alone, so that a way out would be seen."""
    inner = tmp_path / "a" / "b"
    inner.mkdir(parents=True)
    return inner


@pytest.mark.parametrize("kind", [*CONTAINERS, *CONTENTS])
def test_a_pack_that_is_not_as_it_must_be_is_refused(kind: str, folder: Path) -> None:
    make = CONTAINERS.get(kind) or CONTENTS[kind]
    problem = refusal(folder, make())
    assert problem.code == "pack_refused"


@pytest.mark.parametrize("kind", list(NEWER))
def test_a_pack_of_another_major_version_is_refused_with_the_advice_to_update(
    kind: str, folder: Path
) -> None:
    problem = refusal(folder, NEWER[kind]())
    assert problem.code == "pack_newer"


@pytest.mark.parametrize("path", BAD_PATHS)
def test_a_path_that_is_not_plain_refuses_the_pack_in_zip_and_in_description(path: str, folder: Path) -> None:
    refusal(folder, entry_path(path))
    refusal(folder, declared_path(path))


def test_the_right_pack_itself_is_read(folder: Path) -> None:
    """The control of all tests above: what they bend is accepted as long as it is straight."""
    assert [case.title for case in read(folder, good_pack()).cases] == [
        "Skærmbesøg i hjemmeplejen",
        "Medicinrobot",
    ]
    assert read(folder, with_text("cases.csv", "12500.50", "0.125")).cases
    assert read(folder, entry_path("attachments/Bilag 1 (æøå).pdf")).cases
    assert read(folder, with_text("cases.csv", "Medicinrobot", "../../etc/passwd")).cases


def test_a_pack_cut_anywhere_is_refused(folder: Path) -> None:
    whole = good_pack()
    for number in range(40):
        refusal(folder, whole[: number * len(whole) // 40])


def test_a_pack_with_flipped_bits_is_refused_or_says_the_same(folder: Path) -> None:
    """Times and attributes of a ZIP entry carry no content; a flip there may pass, with the same result."""
    whole = good_pack()
    expected = read(folder, whole)
    chance = random.Random(7)
    refused = 0
    for _number in range(120):
        bent = bytearray(whole)
        for _bit in range(chance.randint(1, 5)):
            bent[chance.randrange(len(bent))] ^= 1 << chance.randrange(8)
        refused += is_refused_or_equals(folder, bytes(bent), expected)
    assert refused > 100


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.binary(max_size=40), st.integers(0, 10_000), st.integers(0, 60), st.booleans())
def test_bytes_put_in_or_taken_out_anywhere_never_break_the_reader(
    folder: Path, piece: bytes, place: int, length: int, at_the_end: bool
) -> None:
    whole = good_pack()
    start = len(whole) - place % 400 if at_the_end else place % len(whole)
    bent = whole[:start] + piece + whole[start + length :]
    is_refused_or_equals(folder, bent, read(folder, whole))


def test_a_missing_pack_and_a_folder_are_problems_not_crashes(folder: Path) -> None:
    for path in (folder / "nothing.coipack", folder):
        with pytest.raises(Problem) as caught:
            run_to_end(read_pack(path, vocabulary()))
        assert caught.value.code == "cannot_open"


def test_reading_can_be_stopped_between_two_steps(folder: Path) -> None:
    path = folder / "pakke.coipack"
    path.write_bytes(good_pack())
    job = read_pack(path, vocabulary())
    next(job)
    next(job)
    job.close()
    path.unlink()


# ------------------------------------------------------------------------------------------------ controls


def naive_read(content: bytes, folder: Path) -> list[str]:
    """What a program does that trusts the library: unpack all names into a folder, and look at the table."""
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        names = archive.namelist()
        archive.extractall(folder)
    for path in folder.rglob("*"):
        if path.is_file():
            path.read_bytes()
    return names


def test_a_naive_reader_takes_what_ours_refuses(folder: Path) -> None:
    """Should this fail, the library has learnt to refuse such packs, and the control says nothing."""
    kinds = ("33 undeclared file", "35 program before", "32 hidden between entries")
    packs = [entry_path("../../x"), *(CONTAINERS[kind]() for kind in kinds)]
    for number, content in enumerate(packs):
        unpacked = folder / str(number)
        assert naive_read(content, unpacked)
        assert any(unpacked.rglob("*"))
    assert (folder / "0" / "x").exists(), "the library hides where the name led"
    shutil.rmtree(folder)
    folder.mkdir()
    for content in packs:
        refusal(folder, content)


def test_the_overlapping_pack_unpacks_to_far_more_than_it_holds(folder: Path) -> None:
    """The bomb is a real one: each entry alone can be inflated from the shared bytes."""
    bomb = quoted_overlap()
    with zipfile.ZipFile(io.BytesIO(bomb)) as archive:
        promised = sum(entry.file_size for entry in archive.infolist())
    assert promised > 500 * len(bomb)
    assert "overlap" in str(refusal(folder, bomb)) or "overlapper" in str(refusal(folder, bomb))
