"""Dialogue sheets on paper: all of the step is there, with boxes to tick, room to write and a source."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from pypdf import PdfReader

from coi_desktop.i18n import speaking
from coi_desktop.models.progress import run_to_end
from coi_desktop.models.query import Query
from coi_desktop.models.worksheet_printout import worksheet_printout
from coi_desktop.operations.evaluations import load_evaluation
from coi_desktop.operations.samples import create_sample_register
from coi_desktop.operations.worksheets import export_worksheets, sheets_of
from coi_desktop.store.register import Register
from coi_desktop.ui.printing.without_window import make_pages

TITLE = "Skærmbesøg"


@pytest.fixture
def sample(tmp_path: Path) -> Iterator[Register]:
    with create_sample_register(tmp_path / "s.coi") as made:
        yield made


@pytest.fixture
def evaluation(sample: Register) -> str:
    return next(
        one.id
        for one in sample.find(Query("evaluation"))
        if sample.get("initiative", one.text("initiative_id")).text("title").startswith(TITLE)
    )


def put_out(sample: Register, evaluation: str, folder: Path, **how: object) -> dict[str, PdfReader]:
    job = export_worksheets(sample, evaluation, folder, ("pdf",), make_pages=make_pages, **how)
    return {path.name[:2]: PdfReader(path) for path in run_to_end(job)}


def words(reader: PdfReader) -> str:
    return " ".join(" ".join(page.extract_text() for page in reader.pages).split())


@pytest.mark.usefixtures("qapp")
@pytest.mark.parametrize("is_blank", [True, False])
def test_every_step_has_its_sheet_with_all_its_questions_and_choices(
    sample: Register, evaluation: str, tmp_path: Path, is_blank: bool
) -> None:
    made = put_out(sample, evaluation, tmp_path / "ark", is_blank=is_blank)
    assert list(made) == ["02", "03", "05", "06", "08", "10", "14", "17"]
    guide = load_evaluation(sample, evaluation).guide
    for step in (one for one in guide.steps if f"{one.number:02d}" in made and one.number != 10):
        text = words(made[f"{step.number:02d}"]).replace(" ", "")
        for question in step.questions:
            assert guide.words().label(question.id).replace(" ", "") in text
    assert "Justér" in words(made["17"])
    assert ("Tiden er frigjort" in words(made["17"])) is not is_blank
    assert "arbejdsskema" not in words(made["17"]).lower()


@pytest.mark.usefixtures("qapp")
def test_each_page_names_initiative_source_date_and_its_number(
    sample: Register, evaluation: str, tmp_path: Path
) -> None:
    made = put_out(sample, evaluation, tmp_path / "ark", is_blank=True)
    for reader in made.values():
        for number, page in enumerate(reader.pages, 1):
            text = page.extract_text()
            assert "Følger de fire faser i Grønspættebogen" in text
            assert f"side {number} af {len(reader.pages)}" in text
    assert TITLE in words(made["02"])


@pytest.mark.usefixtures("qapp")
def test_on_a3_the_same_pages_are_larger(sample: Register, evaluation: str, tmp_path: Path) -> None:
    small = put_out(sample, evaluation, tmp_path / "a4", steps=("decide", "users"))
    large = put_out(sample, evaluation, tmp_path / "a3", steps=("decide", "users"), paper="A3")
    for name, reader in small.items():
        assert len(reader.pages) == len(large[name].pages)
        ratio = float(large[name].pages[0].mediabox.width) / float(reader.pages[0].mediabox.width)
        assert ratio == pytest.approx(1.414, abs=0.01)
    # The paper lies where the resources say that the tables of a step are wide.
    boxes = {name: reader.pages[0].mediabox for made in (small, large) for name, reader in made.items()}
    assert {name: box.width > box.height for name, box in boxes.items()} == {"03": True, "17": False}


@pytest.mark.usefixtures("qapp")
def test_sheets_speak_the_language_that_is_asked_for(
    sample: Register, evaluation: str, tmp_path: Path
) -> None:
    made = put_out(sample, evaluation, tmp_path / "ark", steps=("decide",), language="en")
    assert "Decision" in words(made["17"])
    assert "page 1 of 1" in words(made["17"])
    with speaking("en"):
        assert sheets_of(load_evaluation(sample, evaluation)).sheets[-1].title in words(made["17"])


def test_no_form_is_wider_than_its_page(sample: Register, evaluation: str) -> None:
    content = sheets_of(load_evaluation(sample, evaluation), in_full=True)
    forms = [
        section.form
        for shown in (content, content.blank())
        for sheet in shown.sheets
        for section in worksheet_printout(shown, sheet, "", "", "da").sections
        if section.form is not None
    ]
    assert len(forms) > 20
    for form in forms:
        assert sum(form.shares) == pytest.approx(1)
        assert {len(row) for row in form.rows} == {len(form.shares)}
