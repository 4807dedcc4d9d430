from __future__ import annotations

import json

from coi_desktop.models.import_report import (
    ImportProblem,
    ImportReport,
    Level,
    Outcome,
    count_outcomes,
)


def test_the_json_has_every_count_at_its_top_and_nulls_for_unknown_places() -> None:
    counts = count_outcomes([Outcome.NEW, Outcome.NEW, Outcome.CONFLICT])
    problem = ImportProblem("Ukendt fase", "Vælg en fase", sheet="Ark1", row=7, level=Level.NOTE)
    report = ImportReport(counts, (problem,), extra={"sender": "Eksempel Kommune"})
    read = json.loads(json.dumps(report.to_json()))
    assert {key: read[key] for key in ("new", "identical", "updated", "kept", "conflict")} == {
        "new": 2, "identical": 0, "updated": 0, "kept": 0, "conflict": 1,
    }  # fmt: skip
    assert read["lookalike"] == read["rejected"] == 0
    assert read["problems"] == [
        {
            "sheet": "Ark1",
            "row": 7,
            "column": None,
            "value": None,
            "reason": "Ukendt fase",
            "remedy": "Vælg en fase",
            "level": "note",
        }
    ]
    assert read["sender"] == "Eksempel Kommune"
    assert report.total == 3


def test_only_new_and_updated_items_change_the_register() -> None:
    assert ImportReport(count_outcomes([Outcome.UPDATED])).changes_something
    assert not ImportReport(count_outcomes([Outcome.IDENTICAL, Outcome.CONFLICT])).changes_something


def test_a_report_says_whether_it_was_carried_out() -> None:
    dry = ImportReport(count_outcomes([Outcome.NEW]))
    assert not dry.to_json()["applied"]
    assert dry.as_applied().to_json()["applied"]
