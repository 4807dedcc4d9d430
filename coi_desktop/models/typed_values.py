"""Values as people type them outside a form: "budget=1.250,50", "phase=Idé", "start=1. marts 2027"."""

from __future__ import annotations

from collections.abc import Sequence

from coi_desktop.errors import Problem
from coi_desktop.i18n import LANGUAGES, _, current_language
from coi_desktop.models.column_values import parse_figure, period_of, split_choices
from coi_desktop.models.dates import parse_date
from coi_desktop.models.fields import FieldSpec, Kind
from coi_desktop.models.folding import clean, clean_line, fold
from coi_desktop.models.records import Value
from coi_desktop.models.text import NumberForm
from coi_desktop.models.vocabulary import Vocabulary

_YES = ("ja", "yes", "true", "1")
_NO = ("nej", "no", "false", "0")


def find_field(fields: Sequence[FieldSpec], typed: str) -> FieldSpec:
    """The field that goes by a name or by its label in either language. Problem ``no_such_field``."""
    wanted = clean_line(typed)
    for field in fields:
        if field.name == wanted:
            return field
    folded = fold(wanted)
    found = [field for field in fields if folded and folded in (fold(field.da), fold(field.en))]
    if len(found) == 1:
        return found[0]
    raise Problem(
        _("There is no field called “{name}”.").format(name=wanted[:80]),
        meaning=_("Nothing was changed."),
        advice=_("The fields are: {names}.").format(names=", ".join(field.name for field in fields)),
        code="no_such_field",
    )


def parse_assignment(fields: Sequence[FieldSpec], typed: str, words: Vocabulary) -> tuple[FieldSpec, Value]:
    """What "field=value" sets; nothing behind the sign empties the field.

    Raises Problem ``no_such_field`` or ``bad_value``.
    """
    name, sign, text = typed.partition("=")
    if not sign:
        raise Problem(
            _("“{text}” is not written as field=value.").format(text=typed[:80]),
            meaning=_("Nothing was changed."),
            advice=_("Write for example phase=idea, or budget= to empty it."),
            code="bad_value",
        )
    field = find_field(fields, name)
    return field, parse_typed(field, text, words)


def parse_typed(field: FieldSpec, text: str, words: Vocabulary) -> Value:
    """A text as a value of ``field``; None for an empty one.

    Numbers of two meanings are read as the language spoken has them; choices by key or by their words in
    either language. Raises Problem ``bad_value``.
    """
    line = clean_line(text)
    if not line:
        if field.required:
            raise _bad(field, text, _("It must be filled in."))
        return None
    if field.kind in (Kind.TEXT, Kind.LONG):
        return clean(text) if field.kind is Kind.LONG else line
    if field.kind in (Kind.INTEGER, Kind.NUMBER, Kind.MONEY):
        return _parse_figure(field, line)
    if field.kind is Kind.DATE:
        day = parse_date(line, period=period_of(field))
        if day is None:
            raise _bad(field, text, _("Write a date such as 22-11-2026."))
        return day
    if field.kind is Kind.YES_NO:
        return _parse_yes_no(field, line)
    if field.kind is Kind.CHOICE:
        return find_key(field, line, words)
    if field.kind in (Kind.CHOICES, Kind.RANK):
        return tuple(dict.fromkeys(find_key(field, part, words) for part in split_choices(line)))
    raise _bad(field, text, _("The program sets it by itself."))


def find_key(field: FieldSpec, text: str, words: Vocabulary) -> str:
    """The key of a choice that goes by its key or its words. Problem ``bad_value`` with the choices."""
    keys = words.keys(field.values)
    if text in keys:
        return text
    folded = fold(text)
    for key in keys:
        if folded in [fold(words.label(field.values, key, language)) for language in LANGUAGES]:
            return key
    known = ", ".join(words.label(field.values, key) for key in keys)
    raise _bad(field, text, _("It can be: {choices}.").format(choices=known))


def _parse_figure(field: FieldSpec, text: str) -> Value:
    parsed = parse_figure(field, text)
    form: NumberForm = "comma" if current_language() == "da" else "point"
    value = parsed.reading(form) if parsed.is_ambiguous else parsed.value
    if value is None or (parsed.percent and field.unit_en != "%"):
        raise _bad(field, text, _("Write a number such as 1250 or 12,5."))
    if field.kind is not Kind.INTEGER:
        return value
    if value != value.to_integral_value():
        raise _bad(field, text, _("Write a whole number."))
    return int(value)


def _parse_yes_no(field: FieldSpec, text: str) -> bool:
    folded = text.casefold()
    if folded not in (*_YES, *_NO):
        raise _bad(field, text, _("Write yes or no."))
    return folded in _YES


def _bad(field: FieldSpec, text: str, advice: str) -> Problem:
    return Problem(
        _("“{text}” is no value of “{field}”.").format(text=clean_line(text)[:80], field=field.label()),
        meaning=_("Nothing was changed."),
        advice=advice,
        code="bad_value",
    )
