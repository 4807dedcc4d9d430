"""Taking packs in: one step, twice the same, and never over what is ours or was changed here."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from coi_desktop.errors import Problem
from coi_desktop.models.changes import Op
from coi_desktop.models.import_report import ImportReport, Outcome
from coi_desktop.models.progress import run_to_end
from coi_desktop.models.query import Query
from coi_desktop.operations.cases import case_json, find_case_id, find_imported_cases, get_case_content
from coi_desktop.operations.initiatives import add_initiative, edit_field
from coi_desktop.operations.pack_imports import (
    apply_pack_import,
    import_pack,
    plan_pack_import,
    preview_pack_import,
    read_pack,
)
from coi_desktop.operations.packs import export_pack
from coi_desktop.operations.registers import create_register
from coi_desktop.operations.samples import create_sample_register
from coi_desktop.store.register import Register
from tests.exchange.hostile_containers import CONTAINERS
from tests.exchange.hostile_contents import CONTENTS, NEWER
from tests.exchange.pack_makers import CASE_1, CASE_2, UNIT, describe, good_files, good_pack, pack_of
from tests.operations.sharing import take

MOMENT = datetime(2026, 11, 22, 9, 30, tzinfo=UTC)
EDIT = Op("test.edit", "Edit")


class Ticking:
    """A clock that goes on by a minute each time it is asked."""

    def __init__(self) -> None:
        self.moment = MOMENT

    def __call__(self) -> datetime:
        self.moment += timedelta(minutes=1)
        return self.moment


@pytest.fixture
def here(tmp_path: Path) -> Iterator[Register]:
    with create_register(tmp_path / "here.db", unit_name="Østby", clock=Ticking()) as register:
        yield register


@pytest.fixture
def there(tmp_path: Path) -> Iterator[Register]:
    with create_register(tmp_path / "there.db", unit_name="Vestby", clock=Ticking()) as register:
        yield register


def share(register: Register, path: Path) -> Path:
    register.catch_up(run_to_end(export_pack(register, path)).changes)
    return path


def put(path: Path, content: bytes) -> Path:
    path.write_bytes(content)
    return path


def sent(
    path: Path, *, revision: int = 2, problem: str = "Kørsel, kø og\nventetid", sender: str = UNIT
) -> Path:
    """The right pack with another revision or text of its first case, or another sender."""
    files = good_files()
    text = files["cases.csv"].decode()
    text = text.replace(f"{CASE_1},2,", f"{CASE_1},{revision},").replace("Kørsel, kø og\nventetid", problem)
    files["cases.csv"] = text.encode()
    descriptor = describe(files)
    descriptor["coipack"]["unit_uuid"] = sender
    return put(path, pack_of(files, descriptor))


def counts(report: ImportReport) -> dict[str, int]:
    return {outcome.value: report.count(outcome) for outcome in Outcome if report.count(outcome)}


def content_hash(register: Register) -> str:
    """The register's records and history, whatever bytes they lie in."""
    with register.open_beside() as beside:
        rows = {kind: beside.snapshot().rows(kind) for kind in ("initiative", "case", "case_measurement")}
        return hashlib.sha256(repr((rows, beside.history(), beside.revision)).encode()).hexdigest()


def test_the_whole_sample_goes_over_and_comes_out_the_same(
    tmp_path: Path, here: Register, pack: Path
) -> None:
    with create_sample_register(tmp_path / "sample.db") as sample:
        share(sample, pack)
        report = take(here, pack)
        assert counts(report) == {"new": 12}
        assert report.applied
        own = {case.id: get_case_content(sample, case.id) for case in sample.find(Query("case"))}
    found = find_imported_cases(here)
    assert len(found) == 12
    assert here.count("initiative") == 0
    for case in found:
        content = get_case_content(here, case.id)
        for name in ("title", "problem", "solution", "target_group", "stage", "pitch", "contact_role"):
            assert content.values.get(name) == own[case.id].values.get(name)
        assert content.children.get("measurements") == own[case.id].children.get("measurements")
        assert (case["origin"], case["sender"]) == ("imported", "Innovationsenheden, Eksempel Kommune")


def test_the_same_pack_again_changes_nothing(here: Register, pack: Path) -> None:
    put(pack, good_pack())
    assert counts(take(here, pack)) == {"new": 2}
    before = content_hash(here)
    for _time in range(2):
        assert counts(take(here, pack)) == {"identical": 2}
        assert content_hash(here) == before


def test_rows_in_another_order_are_the_same_pack(here: Register, pack: Path) -> None:
    take(here, put(pack, good_pack()))
    files = good_files()
    head, first, second, _end = files["cases.csv"].decode().replace("kø og\n", "kø og\x00").split("\n")
    files["cases.csv"] = "\n".join([head, second, first, ""]).replace("\x00", "\n").encode()
    assert counts(take(here, put(pack, pack_of(files)))) == {"identical": 2}


def test_an_import_is_one_step_that_is_undone_and_done_again_whole(here: Register, pack: Path) -> None:
    take(here, put(pack, good_pack()))
    assert here.history(limit=1)[0].op.name == "pack.import"
    assert here.history(limit=1)[0].detail == "pakke.coipack"
    before = {case.id: get_case_content(here, case.id) for case in find_imported_cases(here)}
    assert here.undo() is not None
    assert here.count("case") == here.count("case_measurement") == here.count("case_part") == 0
    assert here.redo() is not None
    assert {case.id: get_case_content(here, case.id) for case in find_imported_cases(here)} == before
    assert counts(take(here, pack)) == {"identical": 2}


def test_a_dry_run_tells_the_same_and_changes_nothing(here: Register, pack: Path) -> None:
    put(pack, good_pack())
    before = content_hash(here)
    report = take(here, pack, dry_run=True)
    assert counts(report) == {"new": 2}
    assert not report.applied
    assert content_hash(here) == before


def test_listeners_hear_of_an_import_once(here: Register, pack: Path) -> None:
    heard = []
    here.subscribe(heard.append)
    take(here, put(pack, good_pack()))
    assert [changes.op.name for changes in heard] == ["pack.import"]
    assert heard[0].keys("case") == {CASE_1, CASE_2}


def test_a_new_revision_updates_what_the_same_sender_sent(
    here: Register, there: Register, pack: Path
) -> None:
    initiative = add_initiative(there, {"title": "Skærmbesøg", "problem": "Kørsel", "solution": "Skærm"})
    take(here, share(there, pack))
    edit_field(there, initiative, "problem", "Kø")
    edit_field(there, initiative, "solution", None)
    report = take(here, share(there, pack))
    assert counts(report) == {"updated": 1}
    (case,) = find_imported_cases(here)
    assert (case["problem"], case["solution"], case["revision"]) == ("Kø", None, 2)
    assert counts(take(here, pack)) == {"identical": 1}
    here.undo()
    assert find_imported_cases(here)[0]["problem"] == "Kørsel"


def test_rows_below_a_case_are_replaced_by_an_update(here: Register, pack: Path) -> None:
    take(here, put(pack, good_pack()))
    files = good_files()
    files["cases.csv"] = files["cases.csv"].replace(f"{CASE_1},2,".encode(), f"{CASE_1},3,".encode())
    files["measurements.csv"] = files["measurements.csv"].replace(b"52.0", b"49.5")
    del files["parts.csv"]
    files["cases.csv"] = files["cases.csv"].replace(f"{CASE_2},1,".encode(), f"{CASE_2},2,".encode())
    assert counts(take(here, put(pack, pack_of(files)))) == {"updated": 2}
    content = get_case_content(here, CASE_1)
    assert [str(row["result"]) for row in content.children["measurements"]] == ["49.5", "3.5"]
    assert "parts" not in content.children
    assert here.find_damage() == []


def test_what_was_changed_here_is_kept_until_a_person_decides(here: Register, pack: Path) -> None:
    take(here, put(pack, good_pack()))
    here.transact(EDIT, lambda writer: writer.change("case", CASE_1, {"problem": "Vores egne ord"}))
    assert counts(take(here, pack)) == {"identical": 1, "kept": 1}
    sent(pack, revision=3, problem="Nyt fra afsenderen")
    report = take(here, pack)
    assert counts(report) == {"identical": 1, "conflict": 1}
    assert here.get("case", CASE_1)["problem"] == "Vores egne ord"

    plan = plan_pack_import(here, run_to_end(read_pack(pack)), pack.name).taking(CASE_1)
    done = run_to_end(apply_pack_import(here, plan))
    here.catch_up(done.changes)
    assert counts(done.report) == {"identical": 1, "updated": 1}
    assert here.get("case", CASE_1)["problem"] == "Nyt fra afsenderen"
    assert counts(take(here, pack)) == {"identical": 2}


def test_what_changed_since_the_preview_is_not_overwritten(here: Register, pack: Path) -> None:
    take(here, put(pack, good_pack()))
    plan = run_to_end(preview_pack_import(here, sent(pack, revision=3, problem="Nyt fra afsenderen")))
    assert plan.report.count(Outcome.UPDATED) == 1
    here.transact(EDIT, lambda writer: writer.change("case", CASE_1, {"problem": "Rettet imens"}))
    done = run_to_end(apply_pack_import(here, plan))
    assert done.changes is None
    assert counts(done.report) == {"identical": 1, "conflict": 1}
    assert here.get("case", CASE_1)["problem"] == "Rettet imens"


# -------------------------------------------------------------------------------------- identity and trust


def test_our_own_cases_coming_back_are_identical_or_a_conflict(here: Register, pack: Path) -> None:
    initiative = add_initiative(here, {"title": "Skærmbesøg", "problem": "Kørsel"})
    share(here, pack)
    assert counts(take(here, pack)) == {"identical": 1}
    edit_field(here, initiative, "problem", "Kø")
    assert counts(take(here, pack)) == {"identical": 1}, (
        "the case is as it was shared, only the initiative moved on"
    )
    old = pack.read_bytes()
    share(here, pack)
    before = content_hash(here)
    assert counts(take(here, put(pack, old))) == {"conflict": 1}
    assert content_hash(here) == before
    assert find_imported_cases(here) == ()


@pytest.mark.parametrize("revision", [1, 99])
@pytest.mark.parametrize("sender", ["our own", "a stranger"])
def test_a_pack_cannot_change_what_is_ours(here: Register, pack: Path, sender: str, revision: int) -> None:
    initiative = add_initiative(here, {"title": "Skærmbesøg", "problem": "Kørsel"})
    share(here, pack)
    (own,) = here.snapshot().rows("case")
    files = {
        "cases.csv": (
            "uuid,revision,title,problem\n"
            f"{own.id},{revision},Skærmbesøg,Overtaget\n{initiative},{revision},Skærmbesøg,Overtaget\n"
        ).encode()
    }
    descriptor = describe(files)
    descriptor["coipack"]["unit_uuid"] = here.unit().id if sender == "our own" else UNIT
    before = content_hash(here)
    report = take(here, put(pack, pack_of(files, descriptor)))
    assert counts(report) == {"conflict": 2}
    assert len(report.problems) == 2
    assert content_hash(here) == before


def test_another_sender_cannot_take_over_a_case(here: Register, pack: Path) -> None:
    take(here, put(pack, good_pack()))
    before = content_hash(here)
    thief = "11111111-2222-4333-8444-555555555555"
    report = take(here, sent(pack, revision=9, problem="Overtaget", sender=thief))
    assert counts(report) == {"identical": 1, "conflict": 1}
    assert content_hash(here) == before


def test_a_lower_revision_never_goes_back_in(here: Register, pack: Path) -> None:
    take(here, sent(pack, revision=5, problem="Nyt"))
    before = content_hash(here)
    assert counts(take(here, sent(pack, revision=4, problem="Gammelt"))) == {"identical": 1, "kept": 1}
    assert content_hash(here) == before


# ------------------------------------------------------------------------------------------------ bad packs


@pytest.mark.parametrize("kind", [*list(CONTAINERS)[::9], *list(CONTENTS)[::12], *NEWER])
def test_a_refused_pack_leaves_the_register_byte_for_byte(here: Register, pack: Path, kind: str) -> None:
    put(pack, (CONTAINERS.get(kind) or CONTENTS.get(kind) or NEWER[kind])())
    before = here.path.read_bytes()
    with pytest.raises(Problem):
        take(here, pack)
    assert here.path.read_bytes() == before
    assert sorted(path.name for path in pack.parent.glob("*.coipack")) == [pack.name]


def test_a_stopped_import_changes_nothing(here: Register, pack: Path) -> None:
    put(pack, good_pack())
    before = here.path.read_bytes()
    steps = sum(1 for _step in import_pack(here, pack, dry_run=True))
    for stop in range(1, steps + 2):
        job = import_pack(here, pack)
        for _step in range(stop):
            next(job)
        job.close()
        assert here.path.read_bytes() == before


# ---------------------------------------------------------------------------------------- reading them again


def test_imported_cases_are_found_by_title_and_sender_in_danish_order(here: Register, pack: Path) -> None:
    take(here, put(pack, good_pack()))
    assert [case["title"] for case in find_imported_cases(here)] == [
        "Medicinrobot",
        "Skærmbesøg i hjemmeplejen",
    ]
    assert [case.id for case in find_imported_cases(here, "skaerm")] == [CASE_1]
    assert len(find_imported_cases(here, "vestby kommune")) == 2
    assert find_imported_cases(here, "findes ikke") == ()


def test_a_case_as_json_holds_its_fields_rows_and_origin(here: Register, pack: Path) -> None:
    take(here, put(pack, good_pack()))
    case = here.get("case", find_case_id(here, CASE_1[:8]))
    found = case_json(case, get_case_content(here, case.id))
    assert found["title"] == "Skærmbesøg i hjemmeplejen"
    assert found["innovation_type"] == ["service", "process_org"]
    assert found["yearly_cost"] == "12500.50"
    assert found["skills"] is None
    assert found["measurements"][0]["result"] == "52.0"
    assert (found["origin"], found["sender_id"], found["revision"]) == ("imported", UNIT, 2)
    with pytest.raises(Problem):
        find_case_id(here, "ffffffff")


def test_unknown_columns_are_kept_through_the_register(here: Register, pack: Path) -> None:
    table = f"uuid,revision,title,klima_aftryk\n{CASE_1},1,Skærm,12 kg\n".encode()
    take(here, put(pack, pack_of({"cases.csv": table})))
    assert here.get("case", CASE_1)["extra"] == '{"klima_aftryk": "12 kg"}'
    assert counts(take(here, pack)) == {"identical": 1}
