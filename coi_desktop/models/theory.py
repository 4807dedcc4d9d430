"""The theory of change of an evaluation: boxes at five levels, arrows between them, assumptions on these.

Source: evaluation guide, step "The idea behind it"; the levels are those of the value list ``theory_level``.
"""

from __future__ import annotations

import string
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property

from coi_desktop.i18n import _
from coi_desktop.models.answers import Answers, Row, row_of
from coi_desktop.models.records import Snapshot
from coi_desktop.models.vocabulary import UNKNOWN, Vocabulary

#: From what is put in to what comes of it, as columns from the left.
LEVELS = ("resource", "activity", "output", "outcome_short", "outcome_long")

#: Where a box stands whose level is not known.
_USUAL_LEVEL = "activity"

_TABLES = ("theory_node", "theory_link", "assumption")


@dataclass(frozen=True, slots=True)
class Box:
    """One box: its id, its level (one of ``LEVELS``) and its text, which may be empty."""

    id: str
    level: str
    text: str


@dataclass(frozen=True, slots=True)
class Arrow:
    """One arrow from a box to another, or to itself."""

    id: str
    start: str
    end: str


@dataclass(frozen=True, slots=True)
class Assumption:
    """What is taken for granted; ``arrow`` is the id of the arrow it is about, empty for the whole."""

    id: str
    text: str
    certainty: str = ""
    arrow: str = ""
    check: str = ""


@dataclass(frozen=True)
class Theory:
    """Boxes in reading order (by level, then as sorted by the user), arrows between them, assumptions."""

    boxes: tuple[Box, ...] = ()
    arrows: tuple[Arrow, ...] = ()
    assumptions: tuple[Assumption, ...] = ()

    @cached_property
    def numbers(self) -> dict[str, int]:
        """The number of each box as people call it, from 1 in reading order, by its id."""
        return {box.id: number for number, box in enumerate(self.boxes, 1)}

    @cached_property
    def by_id(self) -> dict[str, Box]:
        """The boxes by their ids."""
        return {box.id: box for box in self.boxes}

    @cached_property
    def letters(self) -> dict[str, str]:
        """The letter of each assumption as people call it: A, B … Z, AA, AB …, by its id."""
        return {one.id: _letter(place) for place, one in enumerate(self.assumptions)}

    def ends_from(self, box_id: str) -> list[Box]:
        """The boxes that a box leads to, in reading order."""
        return self._sorted(arrow.end for arrow in self.arrows if arrow.start == box_id)

    def starts_towards(self, box_id: str) -> list[Box]:
        """The boxes that lead to a box, in reading order."""
        return self._sorted(arrow.start for arrow in self.arrows if arrow.end == box_id)

    def at_level(self, level: str) -> list[Box]:
        """The boxes of a level."""
        return [box for box in self.boxes if box.level == level]

    def find_by_number(self, number: int) -> Box | None:
        """The box with this number, or None."""
        return self.boxes[number - 1] if 0 < number <= len(self.boxes) else None

    def _sorted(self, box_ids: Iterable[str]) -> list[Box]:
        wanted = set(box_ids)
        return [box for box in self.boxes if box.id in wanted]


@dataclass(frozen=True, slots=True)
class TheoryFigure:
    """A theory as it is drawn in one language: a heading for each level, a text for each assumption."""

    theory: Theory
    headings: tuple[str, ...]
    notes: tuple[str, ...]


def theory_figure(theory: Theory, words: Vocabulary) -> TheoryFigure:
    """A theory with the words that stand in its picture, in the language spoken now."""
    headings = tuple(words.label("theory_level", level) for level in LEVELS)
    notes = []
    for one in theory.assumptions:
        certainty = certainty_word(one, words)
        text = one.text.strip() or _("(without text)")
        notes.append(f"{text} ({certainty})" if certainty else text)
    return TheoryFigure(theory, headings, tuple(notes))


def theory_of(answers: Answers) -> Theory:
    """The theory of change among the answers of an evaluation."""
    return make_theory(*(answers.rows(table) for table in _TABLES))


def theory_in(snapshot: Snapshot, evaluation_id: str) -> Theory:
    """The theory of change of one evaluation."""
    nodes = snapshot.children("theory_node", evaluation_id, "evaluation_id")
    ids = {node.id for node in nodes}
    links = [row_of(one) for one in snapshot.rows("theory_link") if one["from_id"] in ids]
    assumptions = snapshot.children("assumption", evaluation_id, "evaluation_id")
    return make_theory(map(row_of, nodes), links, map(row_of, assumptions))


def make_theory(nodes: Iterable[Row], links: Iterable[Row], assumptions: Iterable[Row]) -> Theory:
    """A theory from stored rows with their ids: of two equal arrows one, none to what is not there."""
    ordered = sorted(nodes, key=_place)
    boxes = tuple(Box(_text(row, "id"), level_of(row), _text(row, "text")) for row in ordered)
    ids = {box.id for box in boxes}
    arrows: dict[tuple[str, str], Arrow] = {}
    same: dict[str, str] = {}
    for row in links:
        ends = (_text(row, "from_id"), _text(row, "to_id"))
        if ids.issuperset(ends):
            arrow = arrows.setdefault(ends, Arrow(_text(row, "id"), *ends))
            same[_text(row, "id")] = arrow.id
    return Theory(
        boxes,
        tuple(arrows.values()),
        tuple(
            Assumption(
                _text(row, "id"),
                _text(row, "text"),
                _text(row, "certainty"),
                same.get(_text(row, "link_id"), ""),
                _text(row, "check"),
            )
            for row in assumptions
        ),
    )


def level_of(row: Row) -> str:
    """The level of a box, by its stored row."""
    level = _text(row, "level")
    return level if level in LEVELS else _USUAL_LEVEL


def box_text(box: Box) -> str:
    """The text of a box, or words for there being none."""
    return box.text.strip() or _("(without text)")


def box_sentence(theory: Theory, box: Box, words: Vocabulary) -> str:
    """A box and where its arrows go, as it is read aloud."""
    said = [f"{theory.numbers[box.id]}. {words.label('theory_level', box.level)}: {box_text(box)}"]
    ends = [_named(theory, other) for other in theory.ends_from(box.id)]
    if ends:
        said.append(_("Leads to {boxes}").format(boxes="; ".join(ends)))
    return ". ".join(part.rstrip(".") for part in said) + "."


def assumption_sentence(theory: Theory, assumption: Assumption, words: Vocabulary) -> str:
    """An assumption with how sure it is and the arrow it is about, as it is read aloud."""
    text = assumption.text.strip() or _("(without text)")
    arrow = next((one for one in theory.arrows if one.id == assumption.arrow), None)
    about = "" if arrow is None else arrow_name(theory, arrow)
    rest = [part for part in (certainty_word(assumption, words), about) if part]
    said = f"{theory.letters[assumption.id]}. {text.rstrip('.')}"
    return f"{said} ({', '.join(rest)})." if rest else f"{said}."


def arrow_name(theory: Theory, arrow: Arrow) -> str:
    """What an arrow is called: the boxes at its ends."""
    ends = [theory.by_id[box_id] for box_id in (arrow.start, arrow.end)]
    return " → ".join(_named(theory, box) for box in ends)


def certainty_word(assumption: Assumption, words: Vocabulary) -> str:
    """How sure an assumption is, in a word; empty when nobody has said."""
    if not assumption.certainty or assumption.certainty == UNKNOWN:
        return ""
    return words.label("assumption_certainty", assumption.certainty).lower()


def theory_sentences(theory: Theory, words: Vocabulary) -> list[str]:
    """All of it in reading order: every box with its arrows, then every assumption."""
    boxes = [box_sentence(theory, box, words) for box in theory.boxes]
    return boxes + [assumption_sentence(theory, one, words) for one in theory.assumptions]


def _named(theory: Theory, box: Box) -> str:
    return f"{theory.numbers[box.id]} {box_text(box)}"


def _place(row: Row) -> tuple[int, int]:
    sort = row.get("sort")
    return LEVELS.index(level_of(row)), sort if isinstance(sort, int) else 0


def _text(row: Row, name: str) -> str:
    value = row.get(name)
    return value if isinstance(value, str) else ""


def _letter(place: int) -> str:
    letters = string.ascii_uppercase
    first, last = divmod(place, len(letters))
    return (_letter(first - 1) if first else "") + letters[last]
