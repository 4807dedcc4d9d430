"""How far a question or screen is, as shape and word: nothing in a walk-through is said by colour alone."""

from __future__ import annotations

from collections.abc import Mapping

from coi_desktop.i18n import N_, _
from coi_desktop.models.completeness import Status
from coi_desktop.ui.marks import Mark

STATUS_MARKS: Mapping[Status, Mark] = {
    Status.OPTIONAL: Mark("dash", "quiet"),
    Status.EMPTY: Mark("ring", "quiet"),
    Status.STARTED: Mark("circle", "accent"),
    Status.COMPLETE: Mark("check", "good"),
}

_PART_WORDS = {
    Status.OPTIONAL: N_("optional"),
    Status.EMPTY: N_("not begun"),
    Status.STARTED: N_("begun"),
    Status.COMPLETE: N_("complete"),
}

_QUESTION_WORDS = {
    Status.OPTIONAL: N_("optional"),
    Status.EMPTY: N_("missing"),
    Status.STARTED: N_("something is missing"),
    Status.COMPLETE: N_("filled in"),
}


def part_word(status: Status) -> str:
    """The state of a screen, step or phase in a word or two."""
    return _(_PART_WORDS[status])


def question_word(status: Status) -> str:
    """The state of a question in a word or two."""
    return _(_QUESTION_WORDS[status])
