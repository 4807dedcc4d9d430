"""Opening a register for the window: for writing where that is safe, else as the user answers.

Nothing is written, and on a share nothing touched, before the answer.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

from coi_desktop import paths
from coi_desktop.errors import Problem
from coi_desktop.i18n import _
from coi_desktop.models.file_places import Session
from coi_desktop.models.place_words import PLACE_CODES
from coi_desktop.operations.file_places import (
    Look,
    find_place,
    lies_elsewhere,
    look_around,
    refuse_placeholder,
    refuse_risky_place,
)
from coi_desktop.operations.registers import create_register, open_register
from coi_desktop.settings import Settings
from coi_desktop.store.register import Register
from coi_desktop.ui.prompts import Choice, Prompts

#: Problems of opening for writing that still let one read.
READABLE = ("locked", "read_only", "backup_copy", "moved_away")

READ, WRITE = "read", "write"


class Opened(NamedTuple):
    """An open register; why it is not open for writing, if so; and whether it is to be moved at once."""

    register: Register
    refused: Problem | None = None
    moves: bool = False


class RegisterOpening:
    """Opens registers, asking where a place or a lock leaves a choice. Answers about places are remembered
    for each register.
    """

    def __init__(
        self,
        settings: Settings,
        prompts: Prompts,
        look: Look = look_around,
        is_away: Callable[[Path], bool] = lies_elsewhere,
    ) -> None:
        self._is_away = is_away
        self._fetched: set[Path] = set()
        self._settings = settings
        self._prompts = prompts
        self._look = look

    def open(self, path: Path, *, may_make: bool) -> Opened:
        """Open the register at ``path``; with ``may_make`` an empty one is made when there is none.

        Raises Problem when it cannot be opened at all.
        """
        self._ask_to_fetch(path)
        answer = self._settings.get("place_answers").get(str(path))
        if answer == READ and not may_make and not find_place(path, self._look).is_risky:
            return self._open_for_reading(path, _chosen_reading(path))
        anywhere = answer == WRITE or path == paths.sample_register()
        try:
            return Opened(self._open_for_writing(path, may_make=may_make, anywhere=anywhere))
        except Problem as problem:
            if problem.code in PLACE_CODES:
                return self._ask_about_place(path, problem, answer, may_make=may_make)
            if problem.code == "left_locked":
                return self._ask_to_take_over(path, problem, anywhere=anywhere)
            if problem.code not in READABLE:
                raise
            return self._open_for_reading(path, problem)

    def _ask_to_fetch(self, path: Path) -> None:
        """A register that lies in the cloud only is fetched when that is wanted, never by the way."""
        if path in self._fetched:
            return
        try:
            refuse_placeholder(path, find_place(path, self._look), self._is_away)
        except Problem as problem:
            if problem.code == "stub":
                raise
            choices = [Choice("fetch", _("&Fetch it and open")), Choice("leave", _("&Not now"))]
            title = _("The register lies in the cloud")
            if self._prompts.ask_choice(title, say(problem), choices) != "fetch":
                raise
        self._fetched.add(path)

    def _open_for_writing(
        self, path: Path, *, may_make: bool, anywhere: bool, take_over: bool = False
    ) -> Register:
        if may_make and not path.exists():
            return create_register(path, anywhere=anywhere, look=self._look)
        return open_register(path, anywhere=anywhere, take_over=take_over, fetch=True, look=self._look)

    def _open_for_reading(self, path: Path, refused: Problem) -> Opened:
        return Opened(open_register(path, write=False, fetch=True, look=self._look), refused)

    def _ask_about_place(self, path: Path, problem: Problem, answer: str | None, *, may_make: bool) -> Opened:
        if may_make and not path.exists():
            return self._ask_where_to_begin(path, problem)
        if answer != READ:
            answer = self._prompts.ask_choice(
                _("Where the register lies"), say(problem), place_choices(path, self._look)
            )
            if answer in (READ, WRITE):
                remember_answer(self._settings, path, answer)
            if answer == WRITE:
                return self.open(path, may_make=False)
        opened = self._open_for_reading(path, problem)
        return opened._replace(moves=answer == "move")

    def _ask_where_to_begin(self, path: Path, problem: Problem) -> Opened:
        """The user's own register would be the first thing lost: ask for another folder."""
        choices = [
            Choice("folder", _("Choose a &folder that lasts…")),
            Choice(WRITE, _("&Begin here all the same")),
            Choice("leave", _("&Not now")),
        ]
        answer = self._prompts.ask_choice(_("Where the register lies"), say(problem), choices)
        if answer == WRITE:
            remember_answer(self._settings, path, WRITE)
            return self.open(path, may_make=True)
        folder = self._prompts.ask_folder(_("A folder that lasts")) if answer == "folder" else None
        if folder is None:
            raise problem
        return self.open(folder / path.name, may_make=True)

    def _ask_to_take_over(self, path: Path, problem: Problem, *, anywhere: bool) -> Opened:
        choices = [Choice(READ, _("Open for &reading only")), Choice("take", _("&Take it over"))]
        answer = self._prompts.ask_choice(_("The register was left open"), say(problem), choices)
        if answer != "take":
            return self._open_for_reading(path, problem)
        return Opened(self._open_for_writing(path, may_make=False, anywhere=anywhere, take_over=True))


def place_choices(path: Path, look: Look) -> list[Choice]:
    """What can be done with a register that lies in a risky place. The profile of a session that is emptied
    is no place to move to.
    """
    lasts = find_place(path, look).session is Session.LASTING
    move = _("&Move it to this computer") if lasts else _("&Move it to a folder that lasts…")
    return [
        Choice("move", move),
        Choice(READ, _("Open for &reading only")),
        Choice(WRITE, _("&Work there all the same")),
    ]


def ask_about_new_place(path: Path, settings: Settings, prompts: Prompts, look: Look = look_around) -> bool:
    """Whether a new register may be made at ``path``; asked, and remembered, when the place is risky."""
    try:
        refuse_risky_place(path, look)
    except Problem as problem:
        choices = [Choice("no", _("&Cancel")), Choice(WRITE, _("&Make it there all the same"))]
        if prompts.ask_choice(_("Where the register lies"), say(problem), choices) != WRITE:
            return False
        remember_answer(settings, path, WRITE)
    return True


def remember_answer(settings: Settings, path: Path, answer: str) -> None:
    """Let the answer hold for this register from now on; an empty one asks again."""
    answers = {key: value for key, value in settings.get("place_answers").items() if key != str(path)}
    settings.set("place_answers", answers | ({str(path): answer} if answer else {}))


def _chosen_reading(path: Path) -> Problem:
    return Problem(
        _("You opened {name} for reading.").format(name=path.name),
        meaning=_("Nothing in it is changed."),
        code="chosen_reading",
    )


def say(problem: Problem) -> str:
    """The three sentences, each a paragraph."""
    return "\n\n".join(part for part in (problem.what, problem.meaning, problem.advice) if part)
