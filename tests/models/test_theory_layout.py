"""The picture of a theory of change: nothing overlaps, arrows go from edge to edge, and few of them cross."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from coi_desktop.models.text_lines import break_lines
from coi_desktop.models.theory import LEVELS, Arrow, Assumption, Box, Theory, theory_figure
from coi_desktop.models.theory_arrows import Frame
from coi_desktop.models.theory_layout import Letters, Room, TheoryLayout, lay_out
from coi_desktop.models.theory_order import count_crossings, order_columns, spread
from coi_desktop.operations.library import vocabulary

LONG_WORD = "Medarbejdertilfredshedsundersøgelsesopfølgningsgruppemøde"
ROOM = Room(760, Letters(lambda text: 6.5 * len(text), 16), Letters(lambda text: 7.0 * len(text), 16))


def make(levels: str, *ends: tuple[int, int], on: tuple[int, ...] = (), text: str = "Boks") -> Theory:
    """Boxes at levels 0–4, arrows between them by place, and assumptions on arrows by place (−1: on none)."""
    boxes = tuple(
        Box(f"b{place}", LEVELS[int(level)], f"{text} {place}") for place, level in enumerate(levels)
    )
    arrows = tuple(Arrow(f"a{place}", f"b{start}", f"b{end}") for place, (start, end) in enumerate(ends))
    assumptions = tuple(
        Assumption(f"s{place}", "Vi antager noget", "guess", f"a{arrow}" if arrow >= 0 else "")
        for place, arrow in enumerate(on)
    )
    return Theory(tuple(sorted(boxes, key=lambda box: LEVELS.index(box.level))), arrows, assumptions)


def drawn(theory: Theory) -> TheoryLayout:
    """The picture of a theory in the usual room."""
    return lay_out(theory_figure(theory, vocabulary()), ROOM)


@st.composite
def theories(draw: st.DrawFn, most: int = 24) -> Theory:
    """Any boxes, arrows any way round, doubled levels, texts of any length, assumptions anywhere."""
    count = draw(st.integers(0, most))
    texts = st.sampled_from(["", "Boks", LONG_WORD, "Færre forgæves ture og mere tid hos borgerne " * 3, "x"])
    boxes = [Box(f"b{place}", draw(st.sampled_from(LEVELS)), draw(texts)) for place in range(count)]
    places = st.integers(0, max(0, count - 1))
    ends = draw(st.sets(st.tuples(places, places), max_size=30)) if count else set()
    arrows = tuple(Arrow(f"a{place}", f"b{one}", f"b{two}") for place, (one, two) in enumerate(sorted(ends)))
    on = draw(st.lists(st.integers(-1, len(arrows) - 1), max_size=5))
    assumptions = tuple(
        Assumption(f"s{place}", draw(texts), "guess", f"a{arrow}" if arrow >= 0 else "")
        for place, arrow in enumerate(on)
    )
    return Theory(tuple(sorted(boxes, key=lambda box: LEVELS.index(box.level))), arrows, assumptions)


def faults_of(layout: TheoryLayout, theory: Theory) -> list[str]:
    """What is wrong with a picture."""
    found = [*faults_of_boxes(layout), *faults_of_arrows(layout)]
    if {arrow.id for arrow in layout.arrows} != {arrow.id for arrow in theory.arrows}:
        found.append("an arrow is missing")
    return found


def faults_of_boxes(layout: TheoryLayout) -> Iterator[str]:
    """Boxes on others, outside the picture, or too small for their texts."""
    for place, box in enumerate(layout.boxes):
        frame = box.frame
        for other in layout.boxes[place + 1 :]:
            if frame.overlaps(other.frame):
                yield f"{box.id} overlaps {other.id}"
        if frame.right > layout.width + 0.01 or frame.bottom > layout.height + 0.01:
            yield f"{box.id} stands outside"
        if frame.left < -0.01 or frame.top < -0.01:
            yield f"{box.id} stands outside"
        if any(ROOM.body.width(line) > frame.width - 2 * ROOM.padding + 0.01 for line in box.lines):
            yield f"the text of {box.id} is wider than its box"
        if len(box.lines) * ROOM.body.line + 2 * ROOM.padding > frame.height + 0.01:
            yield f"the text of {box.id} is higher than its box"


def faults_of_arrows(layout: TheoryLayout) -> Iterator[str]:
    """Arrows that do not touch their boxes' edges, that cross a box, or that are torn."""
    frames = {box.id: box.frame for box in layout.boxes}
    for arrow in layout.arrows:
        for end, (x, y) in ((arrow.start, arrow.curves[0].start), (arrow.end, arrow.tip)):
            frame = frames[end]
            if min(abs(x - frame.left), abs(x - frame.right)) > 0.01 or not frame.top < y < frame.bottom:
                yield f"{arrow.id} does not end at the edge of {end}"
        for x, y in (curve.at(step / 20) for curve in arrow.curves for step in range(21)):
            for box_id, frame in frames.items():
                if frame.left + 0.5 < x < frame.right - 0.5 and frame.top < y < frame.bottom:
                    yield f"{arrow.id} crosses {box_id}"
        for one, other in pairwise(arrow.curves):
            if max(abs(one.end[0] - other.start[0]), abs(one.end[1] - other.start[1])) > 0.01:
                yield f"{arrow.id} is torn"


@settings(max_examples=150, deadline=None)
@given(theories(), st.sampled_from([300.0, 680.0, 1200.0]))
def test_boxes_never_overlap_and_arrows_go_from_edge_to_edge_round_all_others(
    theory: Theory, width: float
) -> None:
    room = Room(width, ROOM.body, ROOM.heading)
    layout = lay_out(theory_figure(theory, vocabulary()), room)
    assert faults_of(layout, theory) == []
    assert layout == lay_out(theory_figure(theory, vocabulary()), room)
    assert [note.letter for note in layout.notes] == list(theory.letters.values())
    drawn = {badge.id for badge in layout.badges}
    assert drawn == {one.id for one in theory.assumptions if one.arrow}


def test_the_check_of_pictures_finds_a_box_that_was_moved_onto_another() -> None:
    theory = make("11", (0, 1))
    layout = drawn(theory)
    moved = Frame(layout.boxes[1].frame.left, layout.boxes[0].frame.top + 2, 100, 40)
    boxes = (layout.boxes[0], replace(layout.boxes[1], frame=moved))
    broken = replace(layout, boxes=boxes)
    assert any("overlaps" in fault for fault in faults_of(broken, theory))


def test_an_arrow_past_a_column_goes_between_its_boxes() -> None:
    theory = make("01234" + "2222", (0, 4), (0, 1), (1, 2), (2, 3), (3, 4))
    layout = drawn(theory)
    assert faults_of(layout, theory) == []
    assert len(next(one for one in layout.arrows if one.id == "a0").curves) == 7


def test_arrows_back_within_a_level_and_to_oneself_are_drawn() -> None:
    theory = make("1144", (2, 0), (0, 1), (1, 0), (2, 2), (2, 3))
    layout = drawn(theory)
    assert faults_of(layout, theory) == []
    assert {arrow.id: arrow.way for arrow in layout.arrows}["a0"] == -1
    assert all(curve.at(0.5)[0] < layout.width for arrow in layout.arrows for curve in arrow.curves)


def test_two_crossed_pairs_are_uncrossed() -> None:
    after = {"a": ["y"], "b": ["x"]}
    before = {"x": ["b"], "y": ["a"]}
    ordered = order_columns([["a", "b"], ["x", "y"]], after, before)
    assert count_crossings(ordered, after) == 0
    assert count_crossings([["a", "b"], ["x", "y"]], after) == 1


def test_the_order_of_the_user_stays_where_another_gains_nothing() -> None:
    layout = drawn(make("11122", (0, 3), (2, 4)))
    tops = [box.frame.top for box in layout.boxes[:3]]
    assert tops == sorted(tops)


@given(st.lists(st.tuples(st.floats(-500, 500), st.floats(1, 90)), max_size=20))
def test_what_is_spread_keeps_its_distance(wishes: list[tuple[float, float]]) -> None:
    heights = [height for _wish, height in wishes]
    middles = spread([wish for wish, _height in wishes], heights, 5)
    for place in range(len(middles) - 1):
        least = (heights[place] + heights[place + 1]) / 2 + 5
        assert middles[place + 1] - middles[place] >= least - 1e-6


def test_an_empty_theory_is_five_headings() -> None:
    layout = drawn(Theory())
    assert [heading.lines for heading in layout.headings][:2] == [("Ressourcer",), ("Aktiviteter",)]
    assert layout.boxes == layout.arrows == layout.notes == ()
    assert layout.height > 0


@pytest.mark.parametrize("text", ["", "   ", "a", LONG_WORD, f"Et {LONG_WORD} til", "a b c d e f g h"])
def test_lines_hold_every_letter_and_are_no_wider_than_there_is_room(text: str) -> None:
    lines = break_lines(text, 70, lambda one: 10.0 * len(one))
    assert lines
    assert "".join(lines).replace(" ", "") == text.replace(" ", "")
    assert all(len(line) <= 7 for line in lines)


def test_a_room_narrower_than_a_letter_gives_a_letter_a_line() -> None:
    assert break_lines("abc", 5, lambda one: 10.0 * len(one)) == ["a", "b", "c"]


@pytest.mark.parametrize("width", [300.0, 680.0, 1000.0])
@pytest.mark.parametrize("levels", ["", "1", "123", "01234"])
def test_no_word_of_a_heading_is_broken(width: float, levels: str) -> None:
    figure = theory_figure(make(levels), vocabulary())
    layout = lay_out(figure, replace(ROOM, width=width))
    words = [word for text in figure.headings for word in text.split()]
    shown = [word for heading in layout.headings for line in heading.lines for word in line.split()]
    assert shown == words


def test_sixty_boxes_with_arrows_all_over_are_laid_out_without_fault() -> None:
    levels = "".join(str(place % 5) for place in range(60))
    ends = [(place, (place * 7 + 3) % 60) for place in range(60)]
    ends += [(place, place + 1) for place in range(59)]
    theory = make(levels, *dict.fromkeys(ends), on=(0, 1, 2), text=LONG_WORD)
    assert faults_of(drawn(theory), theory) == []
