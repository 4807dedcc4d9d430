"""Names of people in what leaves the unit: only those who may be contacted.

A person whose record does not say "may be contacted" keeps a case pack from being written. A name that is
only in use as owner or leader, without a record, is told of: it may as well be a role.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from coi_desktop.errors import Problem
from coi_desktop.i18n import _, ngettext
from coi_desktop.models.person_mentions import Mentions, PersonForms, keys_of
from coi_desktop.models.privacy import Certainty, Finding, NamedText, PlacedFinding
from coi_desktop.operations.people import find_people, find_unlisted_names
from coi_desktop.store.register import Register


class NamesKeptBack(Problem):
    """Persons who may not be contacted are named; the pack is not written. ``findings`` hold the places."""

    def __init__(self, findings: Sequence[PlacedFinding]) -> None:
        self.findings = tuple(findings)
        places = tuple(dict.fromkeys(finding.place for finding in findings))
        super().__init__(
            ngettext(
                "{count} text names a person who may not be contacted:\n{places}",
                "{count} texts name persons who may not be contacted:\n{places}",
                len(places),
            ).format(count=len(places), places="\n".join(f"– {place}" for place in places)),
            meaning=_("The case pack was not written, and nothing was changed."),
            advice=_("Write the role instead, or note in People that the person may be contacted."),
            code="name_kept_back",
        )


def find_outgoing_names(register: Register, texts: Iterable[NamedText]) -> tuple[PlacedFinding, ...]:
    """The names in ``texts`` that may not leave: certain for persons who may not be contacted, uncertain for
    names without a record.
    """
    people = [person for person in find_people(register) if person.flag("may_contact") is not True]
    kept = PersonForms(
        tuple(person.text("name") for person in people),
        tuple(filter(None, (person.text("email") for person in people))),
        tuple(filter(None, (person.text("phone") for person in people))),
    )
    unlisted = PersonForms(
        tuple(one.name for one in find_unlisted_names(register) if _looks_like_a_name(one.name))
    )
    looked_for: tuple[tuple[Certainty, Mentions], ...] = (
        ("high", Mentions.of(keys_of(kept))),
        ("medium", Mentions.of(keys_of(unlisted))),
    )
    return tuple(
        PlacedFinding(named.place, Finding("person", start, end, certainty))
        for named in texts
        for certainty, mentions in looked_for
        for start, end in mentions.find(named.text)
    )


def _looks_like_a_name(text: str) -> bool:
    """Several words, each with a capital: "Kirsten Åberg", and not "Leder af Borgerservice"."""
    parts = text.split()
    return len(parts) > 1 and all(part[0].isupper() for part in parts)
