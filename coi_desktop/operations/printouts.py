"""The list as it is shown, made ready for paper, PDF or text; and the PDF put in its place."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from coi_desktop.exchange.atomic import atomic_file
from coi_desktop.exchange.pdf_language import with_blanks, with_language
from coi_desktop.i18n import _, current_language, ngettext
from coi_desktop.models.dates import format_datetime
from coi_desktop.models.fields import FieldSpec, Kind
from coi_desktop.models.printout import PrintColumn, Printout, PrintRow, PrintSection, PrintTable
from coi_desktop.models.progress import Job, Progress, spoken
from coi_desktop.models.query import Query
from coi_desktop.models.records import Record
from coi_desktop.models.shown_values import show_value
from coi_desktop.models.text import format_number
from coi_desktop.models.vocabulary import Vocabulary
from coi_desktop.operations.library import words_of
from coi_desktop.operations.targets import check_target
from coi_desktop.store.register import Register

PDF_SUFFIX = ".pdf"
_CHUNK = 500
_FIGURES = (Kind.INTEGER, Kind.NUMBER, Kind.MONEY)


def list_printout(
    register: Register, query: Query, columns: Sequence[str], *, title: str = "", selection: str = ""
) -> Job[Printout]:
    """The initiatives of a query in its order and groups, with these columns, as a job over a connection of
    its own; ``selection`` says in words what they were chosen by.
    """
    return spoken(current_language(), _gather(register, query, tuple(columns), title, selection))


def _gather(
    register: Register, query: Query, columns: tuple[str, ...], title: str, selection: str
) -> Job[Printout]:
    with register.open_beside() as beside:
        words = words_of(beside)
        known = {field.name: field for field in beside.fields("initiative")}
        fields = [known[name] for name in columns if name in known]
        grouping = known.get(query.grouping.field) if query.grouping is not None else None
        ids = beside.find_ids(query)
        yield Progress(0, len(ids))
        rows: list[PrintRow] = []
        before: object = _nothing
        for first in range(0, len(ids), _CHUNK):
            for record in beside.get_many("initiative", ids[first : first + _CHUNK]):
                group = ""
                if grouping is not None and record[grouping.name] != before:
                    before = record[grouping.name]
                    group = show_value(grouping, record[grouping.name], words) or "–"
                rows.append(PrintRow(_cells(record, fields, words), group))
            yield Progress(len(rows), len(ids))
        table = PrintTable(
            tuple(PrintColumn(field.label(), field.kind in _FIGURES) for field in fields), tuple(rows)
        )
        lines = (_("Chosen: {selection}").format(selection=selection),) if selection else ()
        return make_printout(
            beside, title or _("Initiatives"), (*lines, _count(len(rows))), (PrintSection(table=table),)
        )


_nothing = object()


def make_printout(
    register: Register, title: str, lines: tuple[str, ...], sections: tuple[PrintSection, ...]
) -> Printout:
    """A printout of this register, of now, in the language spoken now."""
    language = current_language()
    printed = format_datetime(register.clock().astimezone(), language)
    return Printout(title, lines, register.unit().text("name"), printed, language, sections)


def write_pdf(path: Path, language: str, pages: Job[bytes], *sources: Path) -> Job[Path]:
    """Put the PDF that ``pages`` makes in place of ``path``, with its language marked.

    A job; stopped before its end an older file stays byte for byte. Problems: ``wrong_target``,
    ``target_locked``, ``unwritable``.
    """
    check_target(path, PDF_SUFFIX, *sources)
    return _write(path, language, pages)


def _write(path: Path, language: str, pages: Job[bytes]) -> Job[Path]:
    pdf = yield from pages
    with atomic_file(path) as half:
        half.write_bytes(with_language(with_blanks(pdf), language))
    return path


def _cells(record: Record, fields: Sequence[FieldSpec], words: Vocabulary) -> tuple[str, ...]:
    return tuple([show_value(field, record[field.name], words) for field in fields])


def _count(count: int) -> str:
    return ngettext("{count} initiative", "{count} initiatives", count).format(
        count=format_number(count, current_language())
    )
