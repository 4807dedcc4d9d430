"""Where everything of a theory of change stands in its picture. Pure: the same input gives the same picture.

Five columns of boxes; arrows run from edge to edge in the gaps between the columns and, past other columns,
between their boxes. Lengths are in the unit of the letters' measure, downwards from the upper left corner.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from coi_desktop.models.text_lines import break_lines
from coi_desktop.models.theory import LEVELS, Theory, TheoryFigure, box_text
from coi_desktop.models.theory_arrows import DrawnArrow, Frame, draw_arrows
from coi_desktop.models.theory_rows import find_chains, place_rows

#: What an empty column takes of the width of one with boxes.
_EMPTY_SHARE = 0.55


@dataclass(frozen=True, slots=True)
class Letters:
    """How letters of one size are measured: the width of a text on one line, and the height of a line."""

    width: Callable[[str], float]
    line: float


@dataclass(frozen=True, slots=True)
class Room:
    """What there is room for: the width wanted (exceeded where columns would be too narrow to read), and the
    letters of texts and headings. All distances follow from the height of a line.
    """

    width: float
    body: Letters
    heading: Letters

    @property
    def padding(self) -> float:
        """Between the edge of a box and its text."""
        return self.body.line * 0.45

    @property
    def gap(self) -> float:
        """Between two columns: room for arrows and the letters on them."""
        return self.body.line * 2.6

    @property
    def between(self) -> float:
        """Between two boxes of a column."""
        return self.body.line * 0.8

    @property
    def lane(self) -> float:
        """The height of the place where an arrow passes a column."""
        return self.body.line * 0.5


@dataclass(frozen=True, slots=True)
class DrawnBox:
    """A box: its frame, and its number and text in lines."""

    id: str
    frame: Frame
    lines: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class DrawnHeading:
    """The heading of a column."""

    level: str
    left: float
    width: float
    lines: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Badge:
    """A letter on an arrow, which stands for an assumption."""

    id: str
    letter: str
    frame: Frame


@dataclass(frozen=True, slots=True)
class Note:
    """An assumption in words, below the boxes."""

    id: str
    letter: str
    badge: Frame
    left: float
    top: float
    lines: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class TheoryLayout:
    """The whole picture. ``unsure`` are the arrows with an assumption on them that is a guess."""

    width: float
    height: float
    padding: float
    headings: tuple[DrawnHeading, ...]
    boxes: tuple[DrawnBox, ...]
    arrows: tuple[DrawnArrow, ...]
    badges: tuple[Badge, ...]
    notes: tuple[Note, ...]
    unsure: frozenset[str]


def lay_out(figure: TheoryFigure, room: Room) -> TheoryLayout:
    """The picture of a theory."""
    theory = figure.theory
    lefts, wide, total = _columns(figure, room)
    headings = tuple(
        DrawnHeading(level, left, width, tuple(break_lines(text, width, room.heading.width)))
        for level, text, left, width in zip(LEVELS, figure.headings, lefts, wide, strict=True)
    )
    top = max(len(one.lines) for one in headings) * room.heading.line + room.between
    texts = {
        box.id: tuple(
            break_lines(
                f"{theory.numbers[box.id]}. {box_text(box)}",
                wide[LEVELS.index(box.level)] - 2 * room.padding,
                room.body.width,
            )
        )
        for box in theory.boxes
    }
    heights = {name: len(lines) * room.body.line + 2 * room.padding for name, lines in texts.items()}
    chains = find_chains(theory)
    rows = place_rows(theory, chains, heights, room.lane, room.between)
    frames = {
        name: Frame(lefts[place], row.top + top, wide[place], row.height)
        for place, column in enumerate(rows)
        for name, row in column.items()
    }
    boxes = tuple(DrawnBox(box.id, frames[box.id], texts[box.id]) for box in theory.boxes)
    bottom = max((frame.bottom for frame in frames.values()), default=top + room.body.line * 2)
    arrows = draw_arrows(theory, chains, frames, room.gap)
    badges = _badges(theory, arrows, [box.frame for box in boxes], room)
    notes, height = _notes(figure, total, bottom + room.between, room)
    unsure = frozenset(one.arrow for one in theory.assumptions if one.certainty == "guess")
    return TheoryLayout(total, height, room.padding, headings, boxes, arrows, badges, notes, unsure)


def least_width(figure: TheoryFigure, room: Room) -> float:
    """The least width at which the columns can be read."""
    return _columns(figure, replace(room, width=0.0))[2]


def _columns(figure: TheoryFigure, room: Room) -> tuple[list[float], list[float], float]:
    """Left edges and widths of the columns, and the width of the whole. No word of a heading is broken."""
    theory = figure.theory
    shares = [1.0 if theory.at_level(level) else _EMPTY_SHARE for level in LEVELS]
    words = [
        max((room.heading.width(word) for word in text.split()), default=0.0) for text in figure.headings
    ]
    least = room.body.width("n" * 11) + 2 * room.padding
    # Arrows within the last column leave it to the right.
    last = {box.id for box in theory.at_level(LEVELS[-1])}
    beside = room.gap if any(one.start in last and one.end in last for one in theory.arrows) else 0.0
    left_over = room.width - room.gap * (len(LEVELS) - 1) - beside
    share = max(left_over / sum(shares), least)
    held = [word > share * one for word, one in zip(words, shares, strict=True)]
    free = sum(one for one, is_held in zip(shares, held, strict=True) if not is_held)
    if any(held) and free:
        taken = sum(word for word, is_held in zip(words, held, strict=True) if is_held)
        share = max((left_over - taken) / free, least)
    widths = [max(share * one, word) for one, word in zip(shares, words, strict=True)]
    lefts = [sum(widths[:place]) + room.gap * place for place in range(len(LEVELS))]
    return lefts, widths, lefts[-1] + widths[-1] + beside


def _badges(
    theory: Theory, arrows: Sequence[DrawnArrow], boxes: Sequence[Frame], room: Room
) -> tuple[Badge, ...]:
    """The letters of the assumptions on their arrows, beside each other where there is room."""
    drawn = {arrow.id: arrow for arrow in arrows}
    taken: list[Frame] = []
    found = []
    for one in theory.assumptions:
        arrow = drawn.get(one.arrow)
        if arrow is None:
            continue
        letter = theory.letters[one.id]
        width, height = badge_size(letter, room)
        spots = [
            Frame(x - width / 2, y - height / 2 + away * (height + 1), width, height)
            for away in (0, -1, 1, -2, 2)
            for share in (0.5, 0.35, 0.65, 0.2, 0.8)
            for x, y in (curve.at(share) for curve in arrow.bends)
        ]
        free = [spot for spot in spots if not any(spot.overlaps(other) for other in (*taken, *boxes))]
        spot = (free or spots)[0]
        taken.append(spot)
        found.append(Badge(one.id, letter, spot))
    return tuple(found)


def badge_size(letter: str, room: Room) -> tuple[float, float]:
    """Width and height of the letter of an assumption with its frame."""
    height = room.body.line + 2
    return max(height, room.body.width(letter) + room.padding), height


def _notes(figure: TheoryFigure, width: float, top: float, room: Room) -> tuple[tuple[Note, ...], float]:
    """The assumptions in words below the boxes, and where they end."""
    found = []
    letters = figure.theory.letters
    widest = max((badge_size(letter, room)[0] for letter in letters.values()), default=0.0)
    left = widest + room.padding
    for (record_id, letter), text in zip(letters.items(), figure.notes, strict=True):
        lines = tuple(break_lines(text, width - left, room.body.width))
        found.append(
            Note(record_id, letter, Frame(0.0, top, *badge_size(letter, room)), left, top + 1, lines)
        )
        top += max(len(lines) * room.body.line, room.body.line + 2) + room.padding
    return tuple(found), top
