from __future__ import annotations

import io
import re
import struct
import warnings
import xml.etree.ElementTree as ET
import zlib
from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from itertools import cycle
from pathlib import Path
from typing import Any

import pypdf
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from coi_desktop.exchange.chart_canvas import ChartLook, load_matplotlib
from coi_desktop.exchange.chart_files import write_chart_files
from coi_desktop.exchange.chart_text import plain
from coi_desktop.exchange.charts import MOST_ROWS, can_be_drawn, chart_height, chart_size, draw, draw_chart
from coi_desktop.exchange.pdf_language import with_language
from coi_desktop.exchange.workbook_styles import load_palette
from coi_desktop.i18n import speaking
from coi_desktop.models.chart_figures import (
    ChartFigure,
    ChartGrid,
    ChartKind,
    ChartMark,
    ChartSeries,
    ChartSpan,
)
from coi_desktop.models.palette import COLOURS, THEMES, contrast
from coi_desktop.models.progress import run_to_end
from coi_desktop.models.theory import LEVELS, Arrow, Assumption, Box, Theory, TheoryFigure, theory_figure
from coi_desktop.operations.charts import find_charts
from coi_desktop.operations.library import vocabulary
from tests.exchange.workbook_makers import NASTY, clock, initiative_id_of, make_sample_snapshot

EXTREMES = [Decimal("1E+308"), Decimal("-1E-308"), Decimal("-15797.76"), Decimal("1E+15")]
OF_DAYS = (ChartKind.SCHEDULE, ChartKind.CHANGES, ChartKind.ACTIONS)
TITLE = "Ventetiden faldt fra 14 til 9 dage"


def make_figure(
    kind: ChartKind, count: int = 3, text: str | Sequence[str] = "Navn", value: Any = Decimal(1)
) -> ChartFigure:
    """A chart of any kind with ``count`` categories, every value being ``value`` and every text ``text``, or
    one after the other of several.
    """
    said = cycle([text] if isinstance(text, str) else text)
    of_figure = {name: next(said) for name in ("title", "category_title", "unit", "footnote")}
    marks = [next(said) for _mark in range(3)]
    days = tuple(date(2026, 1, 1) + timedelta(days=30 * place) for place in range(count))
    keys = {
        ChartKind.VALUE_PROFILE: ("expected", "rating"),
        ChartKind.INDICATOR_PROGRESS: ("progress",),
        ChartKind.PORTFOLIO_GAINS: ("expected", "realised"),
        ChartKind.REALISED: ("expected", "realised"),
        ChartKind.TORNADO: ("cautious", "optimistic"),
        ChartKind.GAINS_BY_CLASS: ("budget", "revenue", "capacity"),
        ChartKind.PORTFOLIO: ("active", "parked", "stopped", "done", "none"),
        ChartKind.MEASUREMENTS: ("initiative", "comparison"),
        ChartKind.GROUPS: ("latest", "first"),
        ChartKind.THEORY: (),
        ChartKind.FINDINGS: ("positive", "neutral", "negative"),
        ChartKind.METHOD_HOURS: ("hours",),
        ChartKind.EVIDENCE: ("reached", "allowed"),
        **dict.fromkeys((*OF_DAYS, ChartKind.AUDIENCE, ChartKind.ANSWERS), ()),
        ChartKind.CASH_FLOW: ("costs", "budget", "revenue", "capacity", "cumulative", "cumulative_all"),
    }[kind]
    series = tuple(ChartSeries(key, next(said), (value,) * count) for key in keys)
    names = tuple(next(said) for _place in range(count))
    categories: tuple[Any, ...] = tuple(f"{name} {place}" for place, name in enumerate(names))
    categories = (
        days
        if kind is ChartKind.MEASUREMENTS
        else tuple(range(count))
        if kind is ChartKind.CASH_FLOW
        else categories
    )
    in_time = kind is ChartKind.MEASUREMENTS or kind in OF_DAYS
    place = days[-1] if in_time and days else Decimal(1)
    return ChartFigure(
        kind=kind, subject="x", **of_figure, categories=categories,
        labels=tuple(next(said) for _place in range(count)), series=series,
        marks=(ChartMark("payback", marks[0], place),),
        levels=(ChartMark("baseline", marks[1], Decimal(0)), ChartMark("target", marks[2], Decimal(1))),
        alt_text=next(said), theory=make_theory(names) if kind is ChartKind.THEORY else None,
        spans=tuple(ChartSpan(day, days[-1] if place else None) for place, day in enumerate(days))
        if kind in OF_DAYS else (),
        grid=ChartGrid(("a", next(said), "c"), (next(said), "b"), next(said), next(said),
                       tuple((n % 3, n % 2) for n in range(count)))
        if kind in (ChartKind.AUDIENCE, ChartKind.ANSWERS) else None,
    )  # fmt: skip


def make_theory(texts: Sequence[str]) -> TheoryFigure:
    """Boxes of two levels with arrows between them, and an assumption on one."""
    boxes = tuple(Box(str(place), LEVELS[1 + place % 2], text) for place, text in enumerate(texts))
    arrows = tuple(Arrow(f"{place}>", str(place), str(place + 1)) for place in range(len(texts) - 1))
    return theory_figure(Theory(boxes, arrows, (Assumption("a", texts[0], "guess", "0>"),)), vocabulary())


def png_chunks(png: bytes) -> dict[str, bytes]:
    """The chunks of a PNG by name; its pixels joined and unpacked under "pixels"."""
    assert png.startswith(b"\x89PNG\r\n\x1a\n")
    chunks: dict[str, bytes] = {}
    place = 8
    while place < len(png):
        (length,) = struct.unpack(">I", png[place : place + 4])
        name = png[place + 4 : place + 8].decode()
        chunks[name] = chunks.get(name, b"") + png[place + 8 : place + 8 + length]
        place += 12 + length
    chunks["pixels"] = zlib.decompress(chunks["IDAT"])
    return chunks


def png_size(png: bytes) -> tuple[int, int]:
    """Width and height of a PNG in pixels."""
    width, height = struct.unpack(">II", png_chunks(png)["IHDR"][:8])
    return width, height


@pytest.mark.parametrize("kind", list(ChartKind))
@pytest.mark.parametrize("theme", THEMES)
def test_every_kind_is_drawn_in_every_theme_on_its_ground(kind: ChartKind, theme: str) -> None:
    png = draw_chart(make_figure(kind), ChartLook(theme, 480))
    assert png_size(png) == chart_size(make_figure(kind), 480)
    ground = bytes.fromhex(load_palette().colour("ground", theme)[1:])
    assert png_chunks(png)["pixels"][1:4] == ground
    assert len(set(png_chunks(png)["pixels"])) > 20


def test_a_chart_has_the_pixels_of_the_screen() -> None:
    figure = make_figure(ChartKind.PORTFOLIO)
    assert png_size(draw_chart(figure, ChartLook("light", 400, 200, 1.0))) == (400, 200)
    assert png_size(draw_chart(figure, ChartLook("light", 400, 200, 2.0))) == (800, 400)
    assert png_size(draw_chart(figure, ChartLook("light", 400, 200, 1.5))) == (600, 300)


@pytest.mark.parametrize("kind", list(ChartKind))
def test_the_same_figure_gives_the_same_bytes_without_date_or_creator(
    kind: ChartKind, tmp_path: Path
) -> None:
    figure = replace(make_figure(kind), title=TITLE)
    first = run_to_end(write_chart_files([("a", figure)], tmp_path / "1"))
    second = run_to_end(write_chart_files([("a", figure)], tmp_path / "2"))
    for one, other in zip(first, second, strict=True):
        assert one.read_bytes() == other.read_bytes()
        assert not re.search(
            rb"[Mm]atplotlib v|CreationDate|<dc:date>|20[0-9]{2}-[01][0-9]-[0-3][0-9]T", one.read_bytes()
        )


def test_a_png_and_an_svg_say_what_they_show(tmp_path: Path) -> None:
    figure = replace(make_figure(ChartKind.PORTFOLIO), title=TITLE, alt_text="Søjler & <streger>")
    png, svg, pdf = run_to_end(write_chart_files([("Skærm/besøg", figure)], tmp_path))
    assert [path.name for path in (png, svg, pdf)] == [
        f"Skærm besøg.{ending}" for ending in ("png", "svg", "pdf")
    ]
    chunks = png_chunks(png.read_bytes())
    said = chunks.get("tEXt", b"").decode("latin-1") + chunks.get("iTXt", b"").decode()
    assert "Søjler & <streger>" in said
    root = ET.fromstring(svg.read_text(encoding="utf-8"))
    space = {"svg": "http://www.w3.org/2000/svg"}
    assert root.get("role") == "img"
    assert root.findtext("svg:title", namespaces=space) == TITLE
    assert root.findtext("svg:desc", namespaces=space) == "Søjler & <streger> Navn"


@pytest.mark.parametrize("language", ["da", "en"])
def test_an_svg_and_a_pdf_are_marked_with_the_language_and_show_their_title(
    language: str, tmp_path: Path
) -> None:
    figure = replace(make_figure(ChartKind.PORTFOLIO), title=TITLE)
    with speaking(language):
        _png, svg, pdf = run_to_end(write_chart_files([("a", figure)], tmp_path))
    root = ET.fromstring(svg.read_text(encoding="utf-8"))
    assert root.get("{http://www.w3.org/XML/1998/namespace}lang") == language
    reader = pypdf.PdfReader(pdf, strict=True)
    catalogue = reader.trailer["/Root"]
    assert catalogue["/Lang"] == language
    assert catalogue["/ViewerPreferences"]["/DisplayDocTitle"] is True or (
        catalogue["/ViewerPreferences"]["/DisplayDocTitle"].value is True
    )
    assert reader.metadata is not None
    assert reader.metadata.title == TITLE
    assert len(reader.pages) == 1


def test_a_pdf_that_is_built_otherwise_is_refused() -> None:
    with pytest.raises(ValueError, match="catalogue"):
        with_language(b"%PDF-1.4\n%%EOF\n", "da")


def test_text_in_svg_and_pdf_stays_text_that_can_be_searched(tmp_path: Path) -> None:
    figure = replace(make_figure(ChartKind.PORTFOLIO, text="Hjemmepleje på Ærø"), title=TITLE)
    _png, svg, pdf = run_to_end(write_chart_files([("a", figure)], tmp_path))
    assert "Hjemmepleje på Ærø 0" in "".join(ET.fromstring(svg.read_text(encoding="utf-8")).itertext())
    page = pypdf.PdfReader(pdf).pages[0].extract_text()
    assert TITLE in page
    assert "Hjemmepleje på Ærø 0" in page


def nasty_from(place: int) -> list[str]:
    """All nasty texts, begun with another one."""
    return [*NASTY[place:], *NASTY[:place]]


@pytest.mark.parametrize("kind", list(ChartKind))
def test_nasty_texts_everywhere_break_no_chart(kind: ChartKind) -> None:
    """Six categories, their series and marks take the texts in turn, until each has stood in the chart."""
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        for place in range(0, len(NASTY), 6):
            figure = make_figure(kind, 6, nasty_from(place))
            assert png_size(draw_chart(figure, ChartLook("light", 360)))[0] == chart_size(figure, 360)[0]


def test_every_nasty_text_may_be_title_and_footnote_at_once() -> None:
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        for text in NASTY:
            figure = make_figure(ChartKind.METHOD_HOURS, text=text)
            assert png_size(draw_chart(figure, ChartLook("light", 360))) == chart_size(figure, 360)


def test_a_dollar_is_a_dollar_and_no_mathematics(tmp_path: Path) -> None:
    figure = replace(make_figure(ChartKind.CASH_FLOW), title="Fra $5 til $10", unit="$x^2$")
    svg = run_to_end(write_chart_files([("a", figure)], tmp_path, ["svg"]))[0].read_text(encoding="utf-8")
    assert "Fra $5 til $10" in svg
    assert "$x^2$" in svg


@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(
    kind=st.sampled_from(list(ChartKind)),
    count=st.integers(1, 30),
    text=st.text(max_size=40),
    value=st.none() | st.decimals(allow_nan=True, allow_infinity=True, places=2) | st.sampled_from(EXTREMES),
)
def test_any_figure_gives_a_picture(kind: ChartKind, count: int, text: str, value: Decimal | None) -> None:
    figure = make_figure(kind, count, text, value)
    size = chart_size(figure, 320)
    assert png_size(draw_chart(figure, ChartLook("dark", *size))) == size


@pytest.mark.parametrize("value", [None, Decimal("NaN"), Decimal("Infinity"), Decimal("1E+308")])
def test_numbers_that_cannot_be_drawn_are_said_so_instead_of_a_broken_picture(value: Decimal | None) -> None:
    figure = make_figure(ChartKind.CASH_FLOW, value=value)
    assert not can_be_drawn(figure)
    canvas = draw(figure, ChartLook("light", 480))
    assert any("kan ikke tegnes" in text.get_text() for text in canvas.picture.texts)


def test_a_chart_of_too_many_rows_shows_the_first_and_says_so() -> None:
    figure = make_figure(ChartKind.INDICATOR_PROGRESS, count=10_000)
    canvas = draw(figure, ChartLook("light", 480))
    assert canvas.height == chart_height(make_figure(ChartKind.INDICATOR_PROGRESS, count=MOST_ROWS))
    assert any("de første 20 af 10000" in text.get_text() for text in canvas.picture.texts)


def texts_of(figure: ChartFigure, width: int = 640) -> list[Any]:
    """Every text of a drawn chart, as matplotlib's artists."""
    canvas = draw(figure, ChartLook("light", width))
    found = list(canvas.picture.texts)
    for axes in canvas.picture.axes:
        low, high = sorted(axes.get_ylim())
        ticks = zip(axes.get_yticks(), axes.get_yticklabels(), strict=True)
        found += [
            *axes.texts,
            *axes.get_xticklabels(),
            *(label for place, label in ticks if low <= place <= high),
        ]
    return [text for text in found if text.get_text() and text.get_visible()]


def test_no_text_leaves_the_picture_and_title_and_footnote_cover_nothing(tmp_path: Path) -> None:
    snapshot = make_sample_snapshot(tmp_path)
    figures = find_charts(snapshot, initiative_id_of(snapshot), clock=clock) + find_charts(
        snapshot, clock=clock
    )
    assert len(figures) >= 6
    for figure in figures:
        for wanted in (420, 640, 1000):
            width = chart_size(figure, wanted)[0]
            texts = texts_of(figure, width)
            renderer = texts[0].figure.canvas.get_renderer()
            boxes = [(text.get_text(), text.get_window_extent(renderer)) for text in texts]
            for said, box in boxes:
                assert box.x0 >= -1, (figure.kind, said)
                assert box.x1 <= width + 1, (figure.kind, said)
                assert box.y0 >= -1, (figure.kind, said)
            title = plain(figure.title)
            titles = [box for said, box in boxes if title.startswith(said.rstrip(" …"))]
            others = [(said, box) for said, box in boxes if said.rstrip(" …") not in title]
            assert titles
            covered = [said for said, box in others if any(one.overlaps(box) for one in titles)]
            assert covered == [], (figure.kind, width)


@pytest.mark.parametrize("kind", list(ChartKind))
def test_a_chart_looks_the_same_at_every_ratio(kind: ChartKind) -> None:
    def places(ratio: float) -> list[tuple[str, float, float]]:
        canvas = draw(make_figure(kind), ChartLook("light", 640, ratio=ratio))
        renderer = canvas.canvas.get_renderer()
        texts = [*canvas.picture.texts, *(text for axes in canvas.picture.axes for text in axes.texts)]
        boxes = [(text.get_text(), text.get_window_extent(renderer)) for text in texts]
        return [(said, box.x0 / ratio, box.y0 / ratio) for said, box in boxes]

    for (said, left, low), (again, other_left, other_low) in zip(places(1.0), places(2.0), strict=True):
        assert said == again
        assert abs(left - other_left) < 4, said
        assert abs(low - other_low) < 4, said


def test_numbers_are_danish_in_danish_and_english_in_english(tmp_path: Path) -> None:
    from coi_desktop.i18n import speaking

    figure = make_figure(ChartKind.CASH_FLOW, value=Decimal(-120_000))
    assert any(text.get_text() == "−200.000" for text in texts_of(figure))
    with speaking("en"):
        assert any(text.get_text() == "−200,000" for text in texts_of(figure))


def test_parts_of_a_bar_are_told_apart_by_pattern_and_number_not_by_colour_alone() -> None:
    canvas = draw(make_figure(ChartKind.PORTFOLIO), ChartLook("light", 640))
    bars = [patch for patch in canvas.picture.axes[0].patches if patch.get_width()]
    looks = {patch.get_hatch() or "" for patch in bars}
    assert len(looks) == 5
    assert sum(text.get_text() == "1" for text in canvas.picture.axes[0].texts) == len(bars)


def test_contrast_of_every_colour_to_its_ground_is_enough() -> None:
    palette = load_palette()
    for theme in THEMES:
        ground = palette.colour("ground", theme)
        for name in COLOURS:
            needed = {"ground": 0, "grid": 0, "band": 0, "text": 4.5, "muted": 4.5, "heading": 4.5}.get(
                name, 3.0
            )
            assert contrast(palette.colour(name, theme), ground) >= needed, (theme, name)
        assert contrast(palette.colour("text", theme), palette.colour("band", theme)) >= 4.5


def test_the_font_cache_goes_to_the_programs_own_folder(
    monkeypatch: pytest.MonkeyPatch, private_folders: Path
) -> None:
    from coi_desktop import paths

    load_matplotlib.cache_clear()
    monkeypatch.delenv("MPLCONFIGDIR")
    load_matplotlib()
    import os

    assert Path(os.environ["MPLCONFIGDIR"]) == paths.cache_folder() / "matplotlib"
    assert paths.cache_folder().is_relative_to(private_folders)
    load_matplotlib.cache_clear()


def test_towers_of_marks_are_cut_down_and_letters_kept() -> None:
    tower = "a" + "\u0301\u0302\u0303\u0304\u0305\u0306" * 20 + "b"
    assert len(plain(tower)) <= 6
    assert plain("Ærø, Åse og Øjvind") == "Ærø, Åse og Øjvind"
    assert plain("x" * 10_000).endswith("…")


def test_a_picture_can_be_read_by_another_library(tmp_path: Path) -> None:
    image = pytest.importorskip("PIL.Image")
    png = draw_chart(make_figure(ChartKind.MEASUREMENTS), ChartLook("light", 480))
    with image.open(io.BytesIO(png)) as picture:
        picture.load()
        assert picture.size == (480, 320)
