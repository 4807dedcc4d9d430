"""One function writes numbers for people, so that a minus is one sign wherever the demo case is shown."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from coi_desktop.i18n import speaking
from coi_desktop.models.progress import run_to_end
from coi_desktop.models.query import Query
from coi_desktop.operations.calculations import calculation_lines
from coi_desktop.operations.charts import export_charts, find_charts
from coi_desktop.operations.evaluations import find_evaluations, load_evaluation
from coi_desktop.operations.record_json import initiative_values
from coi_desktop.operations.record_printout import initiative_printout
from coi_desktop.operations.samples import create_sample_register
from coi_desktop.store.register import Register
from tests.exchange.workbook_makers import DEMO, clock

#: A hyphen before a digit that is neither part of a word nor of a date.
HYPHEN = re.compile(r"(?<![\w.)-])-\s?[0-9]")


@pytest.fixture(scope="module")
def register(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Register]:
    path = tmp_path_factory.mktemp("sample") / "sample.coi"
    with create_sample_register(path, clock=clock) as sample:
        yield sample


def demo(register: Register) -> str:
    return next(one.id for one in register.find(Query("initiative")) if one.text("title") == DEMO)


@pytest.mark.parametrize("language", ["da", "en"])
def test_a_minus_is_one_sign_on_paper_in_explanations_and_in_charts(
    register: Register, tmp_path: Path, language: str
) -> None:
    with speaking(language):
        loaded = load_evaluation(register, find_evaluations(register, demo(register))[0].id)
        shown = [*calculation_lines(loaded), repr(initiative_printout(register, demo(register)))]
        for figure in find_charts(register, demo(register), clock=clock):
            shown += [figure.title, figure.unit, figure.alt_text, figure.footnote, *figure.labels]
        files = run_to_end(export_charts(register, tmp_path / language, demo(register), ["svg"], clock=clock))
    drawn = [text for path in files for text in re.findall(r"<text[^>]*>([^<]*)", path.read_text())]
    assert len(drawn) > 100
    said = "\n".join([*shown, *drawn])
    assert "\u2212" in said
    assert HYPHEN.findall(said) == []


def test_programs_get_a_plain_hyphen(register: Register) -> None:
    values = json.dumps(initiative_values(register.snapshot(), demo(register)), default=str)
    assert '"-141564.3' in values
    assert "\u22121" not in values
