"""Which fields conditions may speak of, and which tests fit which kind of field: one table."""

from __future__ import annotations

from coi_desktop.models.fields import FieldSpec, Kind
from coi_desktop.models.query import Test

_ANY = (Test.FILLED, Test.EMPTY)
_TEXTS = (Test.CONTAINS, Test.LACKS, Test.IS, Test.IS_NOT, Test.ONE_OF, Test.NONE_OF, *_ANY)
_CHOICE = (Test.ONE_OF, Test.NONE_OF, Test.IS, Test.IS_NOT, *_ANY)
_SEVERAL = (Test.ONE_OF, Test.NONE_OF, *_ANY)
_FIGURES = (Test.BETWEEN, Test.GREATER, Test.LESS, Test.IS, Test.IS_NOT, *_ANY)
_DAYS = (Test.BETWEEN, Test.BEFORE, Test.AFTER, Test.NOT_SINCE, Test.IS, *_ANY)

_TESTS: dict[Kind, tuple[Test, ...]] = {
    Kind.TEXT: _TEXTS,
    Kind.LONG: (Test.CONTAINS, Test.LACKS, *_ANY),
    Kind.INTEGER: _FIGURES,
    Kind.NUMBER: _FIGURES,
    Kind.MONEY: _FIGURES,
    Kind.DATE: _DAYS,
    Kind.TIME: _DAYS,
    Kind.YES_NO: (Test.IS, *_ANY),
    Kind.CHOICE: _CHOICE,
    Kind.CHOICES: _SEVERAL,
    Kind.RANK: _SEVERAL,
    Kind.REFERENCE: (Test.IS, Test.IS_NOT, Test.ONE_OF, Test.NONE_OF, *_ANY),
}

#: Tests that need no value.
WITHOUT_VALUE = frozenset(_ANY)

#: Tests that take several values, and those that look at a part of a text.
OF_SEVERAL = frozenset((Test.ONE_OF, Test.NONE_OF))
OF_PARTS = frozenset((Test.CONTAINS, Test.LACKS))


def fitting_tests(field: FieldSpec) -> tuple[Test, ...]:
    """The tests that fit a field, the one wanted most often first."""
    if field.name == TAGS.name:
        return (Test.ONE_OF, Test.NONE_OF, Test.CONTAINS, Test.LACKS, *_ANY)
    return (Test.IS,) if field in RELATED and field.kind is Kind.YES_NO else _TESTS[field.kind]


TAGS = FieldSpec("tags", Kind.TEXT, "Emneord", "Tags")

#: What is asked of the records that hang under an initiative, as if it were a field of it.
RELATED = (
    TAGS,
    FieldSpec("evaluated", Kind.YES_NO, "Har evaluering", "Has an evaluation"),
    FieldSpec("measured", Kind.YES_NO, "Har måling", "Has a measurement"),
    FieldSpec("unmeasured", Kind.YES_NO, "Mangler måling", "Lacks a measurement"),
    FieldSpec("attached", Kind.YES_NO, "Har bilag", "Has attachments"),
)


def filter_fields(fields: tuple[FieldSpec, ...]) -> tuple[FieldSpec, ...]:
    """The fields of an initiative that conditions may speak of: ``fields`` of the register, and RELATED."""
    return (*(field for field in fields if field.shown or field.kind is Kind.TIME), *RELATED)
