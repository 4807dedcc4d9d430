"""A stored value as people read it in lists, heads and histories: by the kind of its field."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal

from coi_desktop.i18n import _, current_language
from coi_desktop.models.dates import format_date, format_datetime
from coi_desktop.models.fields import FieldSpec, Kind
from coi_desktop.models.records import Value
from coi_desktop.models.text import format_money, format_number, format_percent, format_size
from coi_desktop.models.vocabulary import Vocabulary

PERCENT = "%"
BYTES = "bytes"


def show_value(field: FieldSpec, value: Value, words: Vocabulary) -> str:
    """``value`` of ``field`` in the language spoken now; an empty text when it is not there."""
    language = current_language()
    if value is None:
        return ""
    if field.kind is Kind.CHOICE:
        return words.label(field.values, str(value))
    if isinstance(value, tuple):
        return ", ".join(words.label(field.values, key) for key in value)
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    if isinstance(value, datetime):
        return format_datetime(value.astimezone(), language)
    if isinstance(value, date):
        return format_date(value, language)
    if field.kind is Kind.MONEY and isinstance(value, (Decimal, int)):
        return format_money(value, language)
    if isinstance(value, (Decimal, int)):
        if field.unit("en") == BYTES:
            return format_size(int(value), language)
        if field.unit(language) == PERCENT:
            return format_percent(value, language)
        return format_number(value, language, grouping=field.kind is not Kind.INTEGER)
    return value
