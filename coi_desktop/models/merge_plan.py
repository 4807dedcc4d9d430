"""Two initiatives made one, field by field: what each says, and whose word is kept."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from enum import StrEnum
from typing import NamedTuple

from coi_desktop.errors import Problem
from coi_desktop.i18n import _
from coi_desktop.models.fields import FieldSpec, Kind
from coi_desktop.models.folding import fold
from coi_desktop.models.records import Record, Value

#: Fields that are each initiative's own, and are never asked about.
_OWN = frozenset(("number",))

#: What a row goes by, where not by all its values: two such rows of the two initiatives are one.
_GOES_BY = {
    "tag": ("name",),
    "initiative_link": ("kind", "other_id"),
    "not_duplicate": ("other_id",),
    "import_source": ("source", "external_id"),
    "attachment": ("sha256", "title"),
}

#: What the program notes for itself about one of the two is not moved to the other, and values of own fields
#: are fields here.
LEFT_BEHIND = frozenset(("reminder_choice", "own_value"))


class Choice(StrEnum):
    """Whose value a field gets: of the one that is kept, of the other, or both joined."""

    KEEP = "keep"
    OTHER = "other"
    BOTH = "both"


class MergeField(NamedTuple):
    """A field in which the two differ, and whose value it gets."""

    field: FieldSpec
    keep: Value
    other: Value
    choice: Choice

    @property
    def can_join(self) -> bool:
        """Whether both values can be kept: texts that have room for both, and several choices."""
        return joined(self.field, self.keep, self.other) is not None

    @property
    def result(self) -> Value:
        """The value the field gets."""
        if self.choice is Choice.BOTH:
            return joined(self.field, self.keep, self.other)
        return self.keep if self.choice is Choice.KEEP else self.other


class MergePlan(NamedTuple):
    """``keep`` takes over what ``other`` has; ``fields`` are those in which they differ."""

    keep: Record
    other: Record
    fields: tuple[MergeField, ...]

    @property
    def values(self) -> dict[str, Value]:
        """What is to be set in the initiative that is kept."""
        return {one.field.name: one.result for one in self.fields if one.result != one.keep}


def plan_merge(
    keep: Record, other: Record, fields: Sequence[FieldSpec], choices: Mapping[str, Choice] | None = None
) -> MergePlan:
    """Where the two differ, with what was chosen; without a choice a value that is there wins over none, and
    that of the one that is kept over the other's.

    Raises Problem ``cannot_join`` when both values of a field cannot be kept.
    """
    chosen = choices or {}
    found: list[MergeField] = []
    for field in fields:
        first, second = keep[field.name], other[field.name]
        if not field.shown or field.kind is Kind.REFERENCE or field.name in _OWN or first == second:
            continue
        choice = chosen.get(field.name) or (Choice.OTHER if first is None else Choice.KEEP)
        one = MergeField(field, first, second, choice)
        if choice is Choice.BOTH and not one.can_join:
            raise Problem(
                _("Both values of “{field}” cannot be kept.").format(field=field.label()),
                meaning=_("Nothing was changed."),
                advice=_("Choose one of them."),
                code="cannot_join",
            )
        found.append(one)
    return MergePlan(keep, other, tuple(found))


def joined(field: FieldSpec, first: Value, second: Value) -> Value:
    """Both values in one; None when that cannot be."""
    if first is None or second is None:
        return None
    if isinstance(first, tuple) and isinstance(second, tuple):
        return tuple(dict.fromkeys((*first, *second)))
    if field.kind not in (Kind.TEXT, Kind.LONG) or field.name == "title":
        return None
    texts = [str(first), str(second)]
    if fold(texts[1]) in fold(texts[0]):
        return texts[0]
    text = ("\n\n" if field.kind is Kind.LONG else "; ").join(texts)
    return text if not field.limit or len(text) <= field.limit else None


def find_moved(type_name: str, kept: Sequence[Record], others: Sequence[Record], parent: str) -> list[Record]:
    """Which of the rows under the other go over to the one that is kept: those it has not already."""
    standing = {_sign(row, parent) for row in kept}
    moved: list[Record] = []
    if type_name in LEFT_BEHIND:
        return moved
    for row in others:
        sign = _sign(row, parent)
        if sign not in standing:
            standing.add(sign)
            moved.append(row)
    return moved


def _sign(row: Record, parent: str) -> tuple[object, ...]:
    if row.type_name == "evaluation":
        return (row.id,)  # two evaluations are two, whatever they are called
    names = _GOES_BY.get(row.type_name) or sorted(name for name in row.values if name != parent)
    values = [row[name] for name in names]
    return tuple(fold(value) if isinstance(value, str) else value for value in values)
