"""What the commands have in common: the register argument, opening and closing it, JSON and plain tables."""

from __future__ import annotations

import json
import signal
import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any, TypeVar

import click

from coi_desktop.errors import Cancelled, Problem
from coi_desktop.i18n import _, current_language, speaking
from coi_desktop.models.backup_manifest import Reason
from coi_desktop.models.place_words import PLACE_CODES
from coi_desktop.models.progress import Job, Progress, run_to_end
from coi_desktop.operations.registers import check_register, open_register
from coi_desktop.store.register import Register

T = TypeVar("T")
Command = Callable[..., Any]


class FilePath(click.Path):
    """The path of a file or folder. Whether it is there and may be read is for the operations to say."""

    def __init__(self) -> None:
        super().__init__(readable=False, path_type=Path)

    def convert(self, value: Any, parameter: click.Parameter | None, context: click.Context | None) -> Any:
        """The path; wrong usage when it is empty, for ``Path("")`` would mean the folder one stands in."""
        if not str(value):
            self.fail(_("the name of a file is missing"), parameter, context)
        return super().convert(value, parameter, context)


def register_argument() -> Callable[[Command], Command]:
    """The argument FILE: the path of a register."""
    return click.argument("file", type=FilePath(), metavar="FILE")


def json_option() -> Callable[[Command], Command]:
    """The switch --json."""
    return click.option("--json", "as_json", is_flag=True, help=_("Write JSON to standard output."))


def language_option() -> Callable[[Command], Command]:
    """The option --lang for what is written into files."""
    return click.option(
        "--lang", "language", type=click.Choice(["da", "en"]), help=_("The language of the file (da or en).")
    )


@contextmanager
def reading(path: Path) -> Iterator[Register]:
    """The register at ``path``, opened only for reading and without taking the lock."""
    with open_register(path, write=False) as register:
        yield register


@contextmanager
def writing(path: Path) -> Iterator[Register]:
    """The register at ``path``, opened for writing once its structure has been found sound."""
    with _open_for_writing(path) as register:
        check_register(register, quick=True)
        yield register


@contextmanager
def writing_if_allowed(path: Path) -> Iterator[Register]:
    """The register at ``path``, opened for writing; only for reading where it may not or had better not be
    written to.
    """
    try:
        register = _open_for_writing(path)
    except Problem as problem:
        if problem.code not in ("read_only", *PLACE_CODES):
            raise
        register = open_register(path, write=False)
    with register:
        check_register(register, quick=True)
        yield register


def _open_for_writing(path: Path) -> Register:
    try:
        return open_register(path, anywhere=is_asked("anywhere"), take_over=is_asked("take_over"))
    except Problem as problem:
        raise with_switch(problem) from problem


def with_switch(problem: Problem) -> Problem:
    """The problem, with the switch that says "all the same" behind its advice where there is one."""
    if problem.code in PLACE_CODES:
        more = _("To write there all the same: coi-desktop --anywhere …")
    elif problem.code == "left_locked":
        more = _("To take it over: coi-desktop --take-over …")
    else:
        return problem
    return Problem(
        problem.what, meaning=problem.meaning, advice=f"{problem.advice} {more}", code=problem.code
    )


def is_asked(switch: str) -> bool:
    """Whether a switch of the program itself stands before the command: ``anywhere``, ``take_over``."""
    context = click.get_current_context(silent=True)
    return context is not None and bool(context.find_root().params.get(switch))


def keep_first(register: Register, reason: Reason) -> None:
    """Write a backup before something large; one that cannot be written is told of and holds nothing up."""
    from coi_desktop.operations.backups import keep_backup

    try:
        finish(keep_backup(register.path, reason))
    except Problem as problem:
        click.echo(str(problem), err=True)


@contextmanager
def in_language(language: str | None) -> Iterator[str]:
    """Speak the language of a file, or the one of the command line when none is asked for."""
    chosen = language or current_language()
    with speaking(chosen):
        yield chosen


def finish(job: Job[T]) -> T:
    """Run a job to its end, telling on stderr how far it is when somebody watches.

    Ctrl-C stops it between two steps, never within one, as in the window: what one step does is done whole or
    not at all. Raises Cancelled then.
    """
    watched = sys.stderr is not None and sys.stderr.isatty()
    with _interrupts() as is_interrupted:

        def tell(progress: Progress) -> None:
            if is_interrupted():
                raise Cancelled
            if watched and progress.total:
                click.echo(
                    f"\r{progress.done}/{progress.total} {progress.message[:60]:<60}", err=True, nl=False
                )

        try:
            result = run_to_end(job, tell)
        finally:
            job.close()
    if watched:
        click.echo("\r" + " " * 80 + "\r", err=True, nl=False)
    return result


@contextmanager
def _interrupts() -> Iterator[Callable[[], bool]]:
    """Whether Ctrl-C was pressed within the block; the second time it works as it always does."""
    pressed: list[int] = []

    def note(number: int, _frame: object) -> None:
        pressed.append(number)
        signal.signal(signal.SIGINT, signal.default_int_handler)

    before = signal.getsignal(signal.SIGINT)
    if before is not signal.default_int_handler:  # ignored, as in a script's background: it stays so
        yield lambda: False
        return
    signal.signal(signal.SIGINT, note)
    try:
        yield lambda: bool(pressed)
    finally:
        signal.signal(signal.SIGINT, before)


def write_json(value: object) -> None:
    """Write ``value`` to standard output as JSON. Decimals become numbers, dates ISO 8601."""
    click.echo(json.dumps(value, ensure_ascii=False, indent=2, default=_plain, allow_nan=False))


def _plain(value: object) -> object:
    if isinstance(value, Decimal):
        whole = value.to_integral_value()
        return int(whole) if whole == value and value.as_tuple().exponent == 0 else float(value)
    if isinstance(value, (date, datetime)):
        return value.isoformat()
    if isinstance(value, (tuple, set, frozenset)):
        return list(value)
    raise TypeError(f"{value!r} cannot be written as JSON")


def write_table(headings: Sequence[str], rows: Iterable[Sequence[str]], widest: int = 60) -> None:
    """Write rows as aligned columns for people."""
    cut = [[_one_line(cell, widest) for cell in row] for row in rows]
    widths = [max(len(line[place]) for line in (list(headings), *cut)) for place in range(len(headings))]
    for line in (list(headings), ["-" * width for width in widths], *cut):
        click.echo("  ".join(cell.ljust(width) for cell, width in zip(line, widths, strict=True)).rstrip())


def _one_line(cell: str, widest: int) -> str:
    text = " ".join(cell.split())
    return text if len(text) <= widest else text[: widest - 1] + "…"
