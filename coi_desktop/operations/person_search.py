"""Everything a register holds about one person, wherever it stands: what a person may ask to see."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterable
from typing import NamedTuple

from coi_desktop.i18n import _
from coi_desktop.models.fields import RecordType
from coi_desktop.models.person_mentions import Mentions, PersonForms, keys_of
from coi_desktop.models.progress import Job, Progress
from coi_desktop.models.record_types.table import RECORD_TYPES, record_type
from coi_desktop.models.records import Record
from coi_desktop.store.register import Register
from coi_desktop.store.stored_texts import StoredText

_TEXTS_A_STEP = 5_000
_AROUND = 60
_DEEPEST = 8


class Mention(NamedTuple):
    """One place where a person is mentioned.

    ``place`` is in words; ``excerpt`` the words around; ``initiative_id`` leads there (empty: nowhere);
    ``revision`` is 0 for what stands there now, else the step of history that holds it.
    """

    place: str
    excerpt: str
    table: str
    record_id: str
    field: str
    initiative_id: str = ""
    revision: int = 0


def forms_of(register: Register, name: str, *, more: Iterable[str] = ()) -> PersonForms:
    """How a person is written: the name, what its record knows, and other forms the user gives."""
    names, mails, phones = [name], list[str](), list[str]()
    for form in more:
        (mails if "@" in form else phones if sum(map(str.isdigit, form)) >= 8 else names).append(form)
    wanted = Mentions.of(keys_of(PersonForms((name,))))
    for person in register.texts():
        if person.table != "person":
            continue
        if person.field == "name" and wanted.is_in(person.text):
            record = register.get("person", person.key)
            names.append(record.text("name"))
            mails.append(record.text("email"))
            phones.append(record.text("phone"))
    return PersonForms(*(tuple(dict.fromkeys(filter(None, forms))) for forms in (names, mails, phones)))


def find_person(
    register: Register, forms: PersonForms, *, with_history: bool = True
) -> Job[tuple[Mention, ...]]:
    """Every place that mentions the person: all texts of all records, names of attachments among them, and of
    the history. A job that only reads; it opens the register beside this one.
    """
    message = _("Looking through the register")
    yield Progress(0, 0, message)
    mentions = Mentions.of(keys_of(forms))
    found: list[Mention] = []
    seen: set[tuple[str, str, str, str]] = set()
    with register.open_beside() as beside:
        words = _PlaceWords(beside)
        for number, text in enumerate(beside.texts(with_history=with_history)):
            if number % _TEXTS_A_STEP == 0:
                yield Progress(number, 0, message)
            spans = mentions.find(text.text)
            if spans and text[:4] not in seen:
                seen.add(text[:4])
                found.append(words.mention(text, spans[0]))
    return tuple(found)


class _PlaceWords:
    """Says in words where a text stands."""

    def __init__(self, register: Register) -> None:
        self._register = register

    def mention(self, text: StoredText, span: tuple[int, int]) -> Mention:
        """The place of a text that mentions somebody."""
        record = self._find(text.table, text.key)
        owner = self._owner(record)
        parts = []
        if owner is not None:
            parts.append(_initiative_words(owner))
        if text.table in RECORD_TYPES:
            kind = record_type(text.table)
            if owner is None or text.table != "initiative":
                parts.append(kind.label())
            parts.append(_field_words(kind, text.field))
        else:
            parts.append(_("The name of the step"))
        if text.revision:
            parts.insert(0, _("History, step {number}").format(number=text.revision))
        return Mention(
            " · ".join(parts),
            _excerpt(text.text, span),
            text.table,
            text.key,
            text.field,
            "" if owner is None else owner.id,
            text.revision,
        )

    def _find(self, table: str, key: str) -> Record | None:
        found = self._register.get_many(table, [key]) if table in RECORD_TYPES else ()
        return found[0] if found else None

    def _owner(self, record: Record | None) -> Record | None:
        for _depth in range(_DEEPEST):
            if record is None or record.type_name == "initiative":
                return record
            kind = record_type(record.type_name)
            record = self._find(kind.parent_type, record.text(kind.parent)) if kind.parent else None
        return None


def _initiative_words(record: Record) -> str:
    number = record.integer("number")
    return record.text("title") if number is None else f"{number} {record.text('title')}"


def _field_words(kind: RecordType, name: str) -> str:
    return kind.field(name).label() if name in kind.by_name else name


def _excerpt(text: str, span: tuple[int, int]) -> str:
    start, end = max(0, span[0] - _AROUND), min(len(text), span[1] + _AROUND)
    middle = " ".join(text[start:end].split())
    return f"{'…' if start else ''}{middle}{'…' if end < len(text) else ''}"


def mentions_as_json(mentions: Iterable[Mention]) -> str:
    """The places as JSON, for the person who asked."""
    return json.dumps([mention._asdict() for mention in mentions], ensure_ascii=False, indent=2) + "\n"


def mentions_as_csv(mentions: Iterable[Mention]) -> str:
    """The places as CSV with semicolons, as Danish spreadsheets read it; no cell is taken for a formula."""
    out = io.StringIO()
    writer = csv.writer(out, delimiter=";", lineterminator="\r\n")
    writer.writerow([_("Place"), _("Text"), _("Record"), _("Id"), _("Field"), _("Step")])
    for one in mentions:
        cells = [one.place, one.excerpt, one.table, one.record_id, one.field, str(one.revision or "")]
        writer.writerow([f"'{cell}" if cell[:1] in "=+-@\t" and cell else cell for cell in cells])
    return "\ufeff" + out.getvalue()
