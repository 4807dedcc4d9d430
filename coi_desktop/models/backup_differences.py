"""What a backup has that the register has not, and the other way round: counted, and said in words."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

from coi_desktop.i18n import _, current_language, ngettext
from coi_desktop.models.text import format_number


class Difference(NamedTuple):
    """Of one record type: how many records the backup has fewer (they are only in the register), more (they
    are only in the backup), and how many it has in another edition.
    """

    fewer: int = 0
    more: int = 0
    other: int = 0


class OneRecord(NamedTuple):
    """One record that differs: its type, its id, how (``fewer``, ``more``, ``other``), what it is called, and
    the names of the fields that differ.
    """

    type_name: str
    record_id: str
    how: str
    title: str
    fields: tuple[str, ...] = ()


class Differences(NamedTuple):
    """All that differs, by record type; ``is_newer`` says that the backup is of a later commit than the
    register (one was restored since). ``records`` are some of the records, for a list.
    """

    types: Mapping[str, Difference]
    is_newer: bool = False
    records: tuple[OneRecord, ...] = ()

    @property
    def is_nothing(self) -> bool:
        """Whether the backup holds what the register holds."""
        return not any(any(one) for one in self.types.values())


def say_differences(differences: Differences) -> str:
    """In a sentence: "The copy has 3 initiatives fewer, and 12 measurements are older editions."."""
    if differences.is_nothing:
        return _("The copy holds the same as the register does now.")
    parts = []
    for message, place in ((_("the copy has {what} fewer"), 0), (_("the copy has {what} more"), 1)):
        what = _listed({name: one[place] for name, one in differences.types.items()})
        if what:
            parts.append(message.format(what=what))
    others = {name: one.other for name, one in differences.types.items()}
    what = _listed(others)
    if what:
        count = sum(others.values())
        message = (
            ngettext("{what} is a newer edition", "{what} are newer editions", count)
            if differences.is_newer
            else ngettext("{what} is an older edition", "{what} are older editions", count)
        )
        parts.append(message.format(what=what))
    text = _(", and ").join(parts)
    return text[:1].upper() + text[1:] + "."


def how_label(one: OneRecord, *, is_newer: bool = False) -> str:
    """How a record differs, for a list."""
    if one.how == "fewer":
        return _("not in the copy")
    if one.how == "more":
        return _("only in the copy")
    return _("newer edition in the copy") if is_newer else _("older edition in the copy")


def _listed(counts: Mapping[str, int]) -> str:
    """For people; what has no word of its own is counted together."""
    known = [_counted(name, counts[name]) for name in _ORDER if counts.get(name)]
    rest = sum(count for name, count in counts.items() if name not in _ORDER)
    if rest:
        known.append(_said(ngettext("{count} other record", "{count} other records", rest), rest))
    if len(known) < 2:
        return "".join(known)
    return _("{first} and {last}").format(first=", ".join(known[:-1]), last=known[-1])


_ORDER = ("initiative", "evaluation", "indicator", "measurement", "benefit", "finding", "attachment", "case")


def _counted(type_name: str, count: int) -> str:
    words = {
        "initiative": ngettext("{count} initiative", "{count} initiatives", count),
        "evaluation": ngettext("{count} evaluation", "{count} evaluations", count),
        "indicator": ngettext("{count} indicator", "{count} indicators", count),
        "measurement": ngettext("{count} measurement", "{count} measurements", count),
        "benefit": ngettext("{count} benefit", "{count} benefits", count),
        "finding": ngettext("{count} finding", "{count} findings", count),
        "attachment": ngettext("{count} attachment", "{count} attachments", count),
        "case": ngettext("{count} case", "{count} cases", count),
    }
    return _said(words[type_name], count)


def _said(message: str, count: int) -> str:
    return message.format(count=format_number(count, current_language()))
