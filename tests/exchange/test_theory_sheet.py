"""The sheet and the picture files of a theory of change, read back with other libraries."""

from __future__ import annotations

import xml.etree.ElementTree as ET
import zipfile
from pathlib import Path

import pytest

from coi_desktop.exchange.chart_files import write_chart_files
from coi_desktop.exchange.charts import draw_chart
from coi_desktop.i18n import speaking
from coi_desktop.models.chart_figures import ChartFigure, ChartKind
from coi_desktop.models.progress import run_to_end
from coi_desktop.models.theory import Arrow, Assumption, Box, Theory
from coi_desktop.models.theory_chart import chart_of_theory
from coi_desktop.operations.charts import draw_for_screen, find_charts
from coi_desktop.operations.library import vocabulary
from tests.exchange.workbook_makers import (
    NASTY,
    clock,
    initiative_id_of,
    make_sample_snapshot,
    read_with_openpyxl,
    table_under,
    write_demo,
)


@pytest.fixture
def figure(tmp_path: Path) -> ChartFigure:
    """The picture of the demo's theory."""
    snapshot = make_sample_snapshot(tmp_path)
    found = find_charts(snapshot, initiative_id_of(snapshot), clock=clock)
    return next(one for one in found if one.kind is ChartKind.THEORY)


def test_the_sheet_holds_boxes_links_assumptions_and_the_picture_with_its_words(tmp_path: Path) -> None:
    path = write_demo(make_sample_snapshot(tmp_path), tmp_path / "demo.xlsx")
    cells = read_with_openpyxl(path)["Forandringsteori"]
    boxes = table_under(cells, "Leddene i tanken", "Boks")
    assert [(box["Boks"], box["Led"], box["Fører til"]) for box in boxes] == [
        (1, "Aktiviteter", "2"),
        (2, "Leverancer", "3"),
        (3, "Resultater", None),
    ]
    (assumption,) = table_under(cells, "Antagelser", "Bogstav")
    assert assumption["Bogstav"] == "A"
    assert assumption["Om pilen"] == "1 Skærmbesøg på fast tidspunkt → 2 Ét kort besøg mindre om dagen"
    with zipfile.ZipFile(path) as archive:
        pictures = [name for name in archive.namelist() if name.startswith("xl/media/")]
        drawings = "".join(
            archive.read(name).decode()
            for name in archive.namelist()
            if name.startswith("xl/drawings/drawing")
        )
        assert {archive.read(name)[:4] for name in pictures} == {b"\x89PNG"}
    assert "1. Aktiviteter: Skærmbesøg på fast tidspunkt. Fører til 2 Ét kort besøg" in drawings


def test_the_files_hold_the_texts_as_text_and_say_what_they_show(figure: ChartFigure, tmp_path: Path) -> None:
    png, svg, pdf = run_to_end(write_chart_files([("teori", figure)], tmp_path))
    tree = ET.fromstring(svg.read_text(encoding="utf-8"))
    texts = ["".join(one.itertext()).strip() for one in tree.iter("{http://www.w3.org/2000/svg}text")]
    assert "Leverancer" in texts
    assert any(text.startswith("1. Skærmbesøg") for text in texts)
    description = tree.find("{http://www.w3.org/2000/svg}desc")
    assert description is not None
    assert description.text is not None
    assert "Fører til" in description.text
    assert png.read_bytes()[:4] == b"\x89PNG"
    assert pdf.read_bytes()[:4] == b"%PDF"


def test_the_table_beside_the_picture_tells_levels_and_arrows(figure: ChartFigure) -> None:
    headings, rows = figure.table()
    assert len(headings) == 2
    assert rows[0] == ("1. Skærmbesøg på fast tidspunkt", "Aktiviteter → 2")


def test_a_picture_says_how_big_it_became(figure: ChartFigure) -> None:
    narrow = draw_for_screen(figure, width=300)
    assert narrow.width > 300
    assert narrow.png[16:24] == narrow.width.to_bytes(4) + narrow.height.to_bytes(4)


@pytest.mark.parametrize("text", NASTY)
def test_no_text_of_a_user_breaks_the_picture(text: str) -> None:
    theory = Theory(
        (Box("a", "activity", text), Box("b", "output", text)),
        (Arrow("c", "a", "b"), Arrow("d", "b", "b")),
        (Assumption("e", text, "guess", "c"),),
    )
    with speaking("da"):
        assert draw_chart(chart_of_theory(theory, "x", vocabulary())).startswith(b"\x89PNG")
