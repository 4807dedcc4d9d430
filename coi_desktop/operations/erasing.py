"""Erasing a person for good: planned and shown first, then done everywhere at once, with a receipt.

It is the one operation that cannot be undone. Backups keep what they hold until they are thinned; the receipt
names them, and a list of hashes has every restore erase the person again.
"""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Container, Iterable
from datetime import datetime
from pathlib import Path
from typing import NamedTuple

from coi_desktop.errors import Problem
from coi_desktop.exchange.attachment_text import read_attachment_text
from coi_desktop.i18n import N_, _
from coi_desktop.models.changes import ChangeSet, Op
from coi_desktop.models.erasure_list import ErasedKey, ErasureList, hash_keys
from coi_desktop.models.folding import clean_line
from coi_desktop.models.person_mentions import LONGEST_REPLACEMENT, Mentions, PersonForms, keys_of
from coi_desktop.models.progress import Job, Progress
from coi_desktop.models.record_types.table import FILE_TYPES, RECORD_TYPES
from coi_desktop.operations.erasure_file import (
    FILE_NAME,
    add_to_erasure_file,
    erasure_file,
    read_erasure_file,
    try_to_add,
)
from coi_desktop.operations.held_backups import HeldBackup, find_held_backups, set_in_second_place
from coi_desktop.operations.person_search import Mention, find_person
from coi_desktop.operations.profile_traces import clean_profile
from coi_desktop.operations.registers import check_register
from coi_desktop.store.erasing import Erasure
from coi_desktop.store.file_store import FileStore
from coi_desktop.store.register import Register
from coi_desktop.store.values import format_moment

ERASE = Op("person.erase", N_("Erase person"))

_PERSON_TEXTS = ("name", "email", "phone")
_SALT_BYTES = 32
_PARTS = 4


class TiedFile(NamedTuple):
    """An attachment that holds the person: its record, checksum, name, and whether its name or note says so;
    else the text of its file does.

    ``is_removed`` attachments stand in the trash or in the history only.
    """

    attachment_id: str
    sha256: str
    name: str
    is_named: bool
    is_removed: bool = False


class ErasurePlan(NamedTuple):
    """What erasing a person would do: every place, the attachments that mention the person in their name or
    text, and how many files could not be read to tell.
    """

    name: str
    forms: PersonForms
    mentions: tuple[Mention, ...]
    files: tuple[TiedFile, ...]
    unread: int = 0

    def counts(self) -> tuple[tuple[str, int], ...]:
        """How many places there are of each kind, in words: by record and field, the history as one."""
        return count_places(self.mentions)


class Receipt(NamedTuple):
    """What was erased: when, in which places, how many files; whether free pages were wiped; which of the
    program's own files were cleaned; the backups that still hold the person.
    """

    at: datetime
    places: tuple[tuple[str, int], ...]
    files: int
    is_wiped: bool
    traces: tuple[str, ...]
    held: tuple[HeldBackup, ...]
    changes: ChangeSet


def count_places(mentions: Iterable[Mention]) -> tuple[tuple[str, int], ...]:
    """Kinds of places with how often, the most frequent first: no titles, which may name somebody."""
    counted: Counter[str] = Counter()
    for one in mentions:
        if one.revision or one.table not in RECORD_TYPES:
            counted[_("History, undo and trash")] += 1
        else:
            kind = RECORD_TYPES[one.table]
            counted[f"{kind.label()} · {kind.field(one.field).label()}"] += 1
    return tuple(counted.most_common())


def default_replacement() -> str:
    """What stands where the person stood, unless the user says otherwise."""
    return _("[erased person]")


def plan_erasure(register: Register, forms: PersonForms) -> Job[ErasurePlan]:
    """Everything that erasing a person would touch. A job that only reads."""
    mentions = yield from find_person(register, forms)
    with register.open_beside() as beside:
        files, unread = yield from _find_files(beside, Mentions.of(keys_of(forms)))
    return ErasurePlan(forms.names[0] if forms.names else "", forms, mentions, files, unread)


def _find_files(register: Register, mentions: Mentions) -> Job[tuple[tuple[TiedFile, ...], int]]:
    """Attachments that mention the person in title, file name, note or text, also those in the trash; and how
    many files could not be read. A file that several attachments share is read once.
    """
    found: dict[str, TiedFile] = {}
    texts_of: dict[str, bool] = {}
    unread = 0
    for attachment in register.attachment_rows():
        texts = [str(attachment.values.get(name) or "") for name in ("title", "file_name", "note")]
        sha256 = str(attachment.values.get("sha256") or "")
        is_named = any(map(mentions.is_in, texts))
        if not is_named and sha256 and sha256 not in texts_of and register.files.has(sha256):
            text = yield from read_attachment_text(register.files.path(sha256), texts[1])
            texts_of[sha256] = any(mentions.is_in(piece.text) for piece in text.texts)
            unread += text.reason not in ("", "unsupported")
        if is_named or texts_of.get(sha256):
            found.setdefault(
                attachment.id,
                TiedFile(attachment.id, sha256, texts[1] or texts[0], is_named, attachment.is_removed),
            )
    return tuple(found.values()), unread


def erase_person(
    register: Register,
    plan: ErasurePlan,
    *,
    files: Iterable[str] = (),
    replacement: str = "",
) -> Job[Receipt]:
    """Erase a person for good; ``files`` are the checksums of attachments that go too. It cannot be undone.

    A job. The person's records go, every other text gets the ``replacement``, history included. Raises
    Problem ``damaged`` for a register that is not sound, ``nobody`` when the plan has no form to look for,
    ``unwritable`` when the list of erased persons cannot be written; nothing is erased then.
    """
    replaced = _checked(replacement or default_replacement())
    keys, erased_files = keys_of(plan.forms), frozenset(filter(None, files))
    if not keys.marked():
        raise _nobody()
    yield Progress(0, _PARTS, _("Checking the register"))
    with register.open_beside() as beside:
        check_register(beside)
        mentions = Mentions.of(keys)
        held = yield from find_held_backups(beside, mentions, erased_files)
        yield Progress(1, _PARTS, _("Erasing {name}").format(name=plan.name))
        moment = beside.clock()
        known = beside.erased_keys()
        salt = known[-1].salt if known else os.urandom(_SALT_BYTES).hex()
        hashed = hash_keys(keys, erased_files, salt, format_moment(moment))
        _note_beside_backups(beside, (*known, *hashed))
        erasure = Erasure(
            lambda text: mentions.without(text, replaced),
            {
                "person": find_person_ids(beside, mentions),
                **_with_files(beside, erased_files),
            },
            hashed,
        )
        changes, _erased = beside.erase(erasure, ERASE)
        is_wiped = beside.wipe()
        beside.files.sweep(beside.find_named_files(ever=True))
    # Nothing is yielded from here on: the person is erased.
    traces = clean_profile(mentions, replaced, erased_files)
    return Receipt(moment, plan.counts(), len(erased_files), is_wiped, traces, held, changes)


def _note_beside_backups(register: Register, keys: tuple[ErasedKey, ...]) -> None:
    """Remember the keys beside the backups here, which must succeed, and beside those in the second place."""
    add_to_erasure_file(erasure_file(register.id), keys)
    other = set_in_second_place(register)
    if other is not None:
        try_to_add(other.folder / FILE_NAME, keys)


def learn_erasures(folder: Path, register_id: str) -> None:
    """Take over what a folder of backups (in the second place, on a stick) knows of erased persons, before a
    backup from there is restored. Raises Problem ``unwritable``.
    """
    add_to_erasure_file(erasure_file(register_id), read_erasure_file(folder / FILE_NAME))


def remove_erased_files(path: Path, register_id: str) -> int:
    """Remove attachments that were erased and that a restore has brought back beside the register at
    ``path``; returns how many.
    """
    erased, store = ErasureList(read_erasure_file(erasure_file(register_id))), FileStore.beside(path)
    gone = [stored.sha256 for stored in store.find_stored() if erased.holds_file(stored.sha256)]
    for sha256 in gone:
        store.remove(sha256)
    return len(gone)


def apply_erasures(register: Register) -> ChangeSet | None:
    """Erase again, from a register that was restored, all that was ever erased; None when nothing was.

    To be called on the restored register, open for writing, before anybody sees it. The list beside the
    backups and the one in the register itself both count, and stand in both afterwards.
    """
    keys = tuple(dict.fromkeys((*register.erased_keys(), *read_erasure_file(erasure_file(register.id)))))
    changes = erase_again(register, keys)
    if changes is not None:
        add_to_erasure_file(erasure_file(register.id), keys)
    return changes


def erase_again(register: Register, keys: tuple[ErasedKey, ...]) -> ChangeSet | None:
    """Erase from a register, open for writing, all that these keys say was erased; None when it holds nothing
    of it and knows them all.
    """
    if not keys:
        return None
    inside = register.erased_keys()
    erased = ErasureList(keys)
    mentions = erased.mentions()
    replaced = default_replacement()
    people = find_person_ids(register, mentions)
    named = {str(row.values["sha256"]) for row in register.attachment_rows() if row.values.get("sha256")}
    files = _with_files(register, frozenset(filter(erased.holds_file, named)))
    missing = tuple(key for key in keys if key not in inside)
    if not (missing or people or any(files.values())) and not any(
        mentions.is_in(text.text) for text in register.texts(with_history=True)
    ):
        return None
    erasure = Erasure(
        lambda text: mentions.without(text, replaced),
        {"person": people, **files},
        missing or keys[:1],
    )
    changes, _counts = register.erase(erasure, ERASE)
    register.wipe()
    register.files.sweep(register.find_named_files(ever=True))
    return changes


def find_person_ids(register: Register, mentions: Mentions) -> frozenset[str]:
    """Ids of the persons, present or removed, whose name, address or number is mentioned."""
    return frozenset(
        text.key
        for text in register.texts(with_history=True)
        if text.table == "person" and text.field in _PERSON_TEXTS and mentions.is_in(text.text)
    )


def _with_files(register: Register, files: Container[str]) -> dict[str, frozenset[str]]:
    """The ids of the records that name one of these files, by type."""
    rows = [row for row in register.attachment_rows() if row.values.get("sha256") in files]
    return {table: frozenset(row.id for row in rows if row.table == table) for table in FILE_TYPES}


def _checked(replacement: str) -> str:
    text = clean_line(replacement)
    if not text or len(text) > LONGEST_REPLACEMENT or any(sign in text for sign in '"\\{}'):
        raise Problem(
            _("“{text}” cannot stand where the person stood.").format(text=text[:LONGEST_REPLACEMENT]),
            meaning=_("Nothing was erased."),
            advice=_("Write a few words without quotation marks, braces or backslashes."),
            code="bad_replacement",
        )
    return text


def _nobody() -> Problem:
    return Problem(
        _("There is no name to look for."),
        meaning=_("Nothing was erased."),
        advice=_("Write the person's name, mail address or telephone number."),
        code="nobody",
    )
