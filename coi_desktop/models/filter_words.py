"""A condition as people say it: on chips, beside a print, in the workbook's account of what was chosen."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from coi_desktop.i18n import _, ngettext
from coi_desktop.models.fields import FieldSpec, Kind
from coi_desktop.models.filter_fields import filter_fields
from coi_desktop.models.filter_values import TESTS
from coi_desktop.models.query import Between, Condition, Myself, Operand, Relative, Test
from coi_desktop.models.shown_values import show_value
from coi_desktop.models.vocabulary import Vocabulary

_MONTHS = 12
_DAYS = (Kind.DATE, Kind.TIME)
_TEXTS = (Kind.TEXT, Kind.LONG)


def describe_condition(condition: Condition, fields: Sequence[FieldSpec], words: Vocabulary) -> str:
    """The condition in the language spoken now: “Fase: Idé eller Indførelse”, “Ejer er tom”."""
    known = {field.name: field for field in filter_fields(tuple(fields))}
    field, test = known[condition.field], condition.test
    label, value = field.label(), condition.value
    if test in (Test.EMPTY, Test.FILLED):
        return f"{label} {words.label(TESTS, test.value)}"
    if test is Test.BETWEEN and isinstance(value, Between):
        return _describe_ends(field, value, words)
    said = describe_value(field, test, value, words)
    if test in (Test.IS, Test.ONE_OF):
        return f"{label}: {said}"
    if test is Test.NOT_SINCE and isinstance(value, Relative) and _is_past(value):
        return _("{field}: not for {length}").format(field=label, length=_length(value))
    if test is Test.NOT_SINCE:
        return f"{label}: {words.label(TESTS, test.value)} {said}"
    if test is Test.NONE_OF and isinstance(value, tuple) and len(value) == 1:
        test = Test.IS_NOT
    return f"{label} {words.label(TESTS, test.value)} {said}"


def describe_selection(
    search: str, conditions: Iterable[Condition], fields: Sequence[FieldSpec], words: Vocabulary
) -> str:
    """What a list was chosen by, in one line; empty for everything."""
    said = [_("Search: “{text}”").format(text=search.strip())] if search.strip() else []
    said += [describe_condition(condition, fields, words) for condition in conditions]
    return " · ".join(said)


def _describe_ends(field: FieldSpec, value: Between, words: Vocabulary) -> str:
    low, high = (None if end is None else _say(field, end, words) for end in value)
    label = field.label()
    if low is None or high is None:
        form = _("{field} is at most {value}") if low is None else _("{field} is at least {value}")
        if field.kind in _DAYS:
            form = _("{field} is at the latest {value}") if low is None else _("{field} is from {value}")
        return form.format(field=label, value=low or high or "")
    return f"{label}: {low} – {high}"


def describe_value(field: FieldSpec, test: Test, value: Operand, words: Vocabulary) -> str:
    """The value of a condition: several joined by "or"."""
    if isinstance(value, tuple) and not isinstance(value, (Relative, Myself, Between)):
        several = [_say_one(field, one, words) for one in value]
        if len(several) < 2:
            return "".join(several)
        return _("{first} or {last}").format(first=", ".join(several[:-1]), last=several[-1])
    said = _say(field, value, words)
    return f"“{said}”" if test in (Test.CONTAINS, Test.LACKS) else said


def _say(field: FieldSpec, value: Operand, words: Vocabulary) -> str:
    if isinstance(value, Myself):
        return _("me")
    if isinstance(value, Relative):
        return describe_relative(value)
    if isinstance(value, Between):
        return ""
    if isinstance(value, str):
        return _say_one(field, value, words)
    return show_value(field, value, words)


def _say_one(field: FieldSpec, value: str, words: Vocabulary) -> str:
    return value if field.kind in _TEXTS else words.label(field.values, value)


def describe_relative(value: Relative) -> str:
    """A day counted from today: “i dag”, “for 1 år siden”, “om 30 dage”."""
    if not value.months and not value.days:
        return _("today")
    return (_("{length} ago") if _is_past(value) else _("in {length}")).format(length=_length(value))


def _is_past(value: Relative) -> bool:
    return value.months < 0 or (not value.months and value.days < 0)


def _length(value: Relative) -> str:
    months, days = abs(value.months), abs(value.days)
    if months and months % _MONTHS == 0:
        years = months // _MONTHS
        return ngettext("{count} year", "{count} years", years).format(count=years)
    if months:
        return ngettext("{count} month", "{count} months", months).format(count=months)
    return ngettext("{count} day", "{count} days", days).format(count=days)
