"""A condition in writing: ``field op value``, as views store it and as people write it on the command line.

The stored form (``phase one_of idea, develop``) is the same in every language. What people write may use the
labels of fields, the words of tests and of choices in Danish or English, decimal comma and Danish dates:
``Sidst bekræftet ikke siden -1 år``, ``budget > 250000``, ``fase er en af Idé, Indførelse``.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from coi_desktop.errors import Problem
from coi_desktop.i18n import LANGUAGES, _
from coi_desktop.models.fields import FieldSpec, Kind
from coi_desktop.models.filter_fields import WITHOUT_VALUE, filter_fields, fitting_tests
from coi_desktop.models.filter_values import TESTS, format_operand, parse_operand, wrong_filter
from coi_desktop.models.folding import clean_line, fold
from coi_desktop.models.query import Between, Condition, Relative, Test
from coi_desktop.models.vocabulary import Vocabulary

_SIGNS = {
    "=": Test.IS,
    "==": Test.IS,
    "!=": Test.IS_NOT,
    "<>": Test.IS_NOT,
    "~": Test.CONTAINS,
    "!~": Test.LACKS,
    "<": Test.LESS,
    ">": Test.GREATER,
}
_OPEN_ENDED = ("<=", ">=")
_SIGN = r"\s*(<=|>=|==|!=|<>|!~|=|<|>|~)\s*"
_DAYS = (Kind.DATE, Kind.TIME)
_FOR_DAYS = {Test.LESS: Test.BEFORE, Test.GREATER: Test.AFTER}
_FOR_SEVERAL = {Test.IS: Test.ONE_OF, Test.IS_NOT: Test.NONE_OF}
_MOST_FIELDS = 60


def parse_condition(
    text: str, fields: Sequence[FieldSpec], words: Vocabulary, *, strict: bool = True
) -> Condition:
    """The condition that is written in ``text``; ``fields`` are the register's (``Register.fields``).

    Not ``strict``, a choice that is in no list any more is taken as it is, as views keep it. Raises Problem
    ``bad_filter``, naming what is not understood and what fits instead.
    """
    text = clean_line(text)
    field, rest = _take_field(text, filter_fields(tuple(fields)))
    sign, test, rest = _take_test(field, rest, words)
    if sign in _OPEN_ENDED:
        rest, test = (f"..{rest}" if sign == "<=" else f"{rest}.."), Test.BETWEEN
    test = _fitting(field, test, words)
    if test in WITHOUT_VALUE:
        if rest:
            raise wrong_filter(
                _("“{text}” stands behind a test that takes no value.").format(text=rest),
                _("Leave it out."),
            )
        return Condition(field.name, test)
    if test is Test.IS and field.kind in _DAYS and (period := _parse_period(field, rest, words)):
        return Condition(field.name, Test.BETWEEN, period)
    return Condition(field.name, test, parse_operand(field, test, rest, words, strict=strict))


def format_condition(condition: Condition, fields: Sequence[FieldSpec]) -> str:
    """A condition as it is stored; ``parse_condition`` gives the same one back in every language."""
    known = {field.name: field for field in filter_fields(tuple(fields))}
    if condition.test in WITHOUT_VALUE:
        return f"{condition.field} {condition.test.value}"
    value = format_operand(known[condition.field], condition.value)
    return f"{condition.field} {condition.test.value} {value}"


def parse_conditions(
    text: str, fields: Sequence[FieldSpec], words: Vocabulary
) -> tuple[tuple[Condition, ...], tuple[str, ...]]:
    """The conditions of a stored view, one a line, and the lines that are not understood any more."""
    found: list[Condition] = []
    unread: list[str] = []
    for line in text.splitlines():
        if line.strip():
            try:
                found.append(parse_condition(line, fields, words, strict=False))
            except Problem:
                unread.append(line)
    return tuple(found), tuple(unread)


def format_conditions(conditions: Iterable[Condition], fields: Sequence[FieldSpec]) -> str:
    """Conditions as a view stores them, one a line."""
    return "\n".join(format_condition(condition, fields) for condition in conditions)


def parse_field(text: str, fields: Sequence[FieldSpec]) -> FieldSpec:
    """The field called ``text`` by its name or by its label in either language; Problem ``bad_filter``."""
    found = [field for field in fields if fold(text.strip()) in _names(field)]
    if len(found) == 1 or (found and found[0].name == text.strip()):
        return found[0]
    if found:
        raise wrong_filter(
            _("Several fields are called “{field}”.").format(field=text.strip()),
            _("Write one of their names instead: {names}.").format(
                names=", ".join(field.name for field in found)
            ),
        )
    raise _no_such_field(text.strip(), fields)


def _names(field: FieldSpec) -> frozenset[str]:
    return frozenset(fold(" ".join(name.split())) for name in (field.name, field.da, field.en) if name)


def _no_such_field(text: str, fields: Sequence[FieldSpec]) -> Problem:
    said = ", ".join(field.label() for field in fields[:_MOST_FIELDS])
    return wrong_filter(
        _("“{text}” does not begin with the name of a field.").format(text=text[:80]),
        _("Write a filter as: field test value. The fields are: {fields}.").format(fields=said),
    )


def _take_field(text: str, fields: tuple[FieldSpec, ...]) -> tuple[FieldSpec, str]:
    """The field a filter begins with, the longest name first, and what stands behind it."""
    if text.startswith('"') and (end := text.find('"', 1)) > 0:
        return parse_field(text[1:end], fields), text[end + 1 :].strip()
    ends = [found.start() for found in re.finditer(r"\s|[<>=!~:]|$", text)]
    for end in reversed(ends):
        name = fold(" ".join(text[:end].split()))
        if name and any(name in _names(field) for field in fields):
            return parse_field(text[:end], fields), text[end:].lstrip(" :")
    raise _no_such_field(text, fields)


def _take_test(field: FieldSpec, text: str, words: Vocabulary) -> tuple[str, Test, str]:
    """The sign (if it is one) and test that ``text`` begins with, the longest first, and the value behind."""
    sign = re.match(_SIGN, text)
    if sign is not None:
        test = _SIGNS.get(sign[1], Test.BETWEEN)
        return sign[1], _FOR_DAYS.get(test, test) if field.kind in _DAYS else test, text[sign.end() :]
    ends = [found.start() for found in re.finditer(r"\s|$", text)]
    for end in reversed(ends[:5]):
        said = fold(" ".join(text[:end].split()))
        for test in Test:
            if said and said in _test_names(test, words):
                return "", test, text[end:].strip()
    raise wrong_filter(
        _("“{text}” does not begin with a test that fits “{field}”.").format(
            text=text[:80], field=field.label()
        ),
        _fitting_advice(field, words),
    )


def _test_names(test: Test, words: Vocabulary) -> list[str]:
    labels = [fold(words.label(TESTS, test.value, language)) for language in LANGUAGES]
    verbs = () if test in _PLAIN else ("er ", "is ")
    short = [label[3:] for label in labels if label.startswith(verbs)]
    return [test.value, test.value.replace("_", " "), *labels, *short]


#: "er" and "er ikke" say the test themselves; of the others the verb may be left out ("er over", "over").
_PLAIN = (Test.IS, Test.IS_NOT)


def _fitting(field: FieldSpec, test: Test, words: Vocabulary) -> Test:
    fitting = fitting_tests(field)
    if test not in fitting:
        test = _FOR_SEVERAL.get(test, test)
    if test not in fitting:
        raise wrong_filter(
            _("“{test}” cannot be asked of “{field}”.").format(
                test=words.label(TESTS, test.value), field=field.label()
            ),
            _fitting_advice(field, words),
        )
    return test


def _fitting_advice(field: FieldSpec, words: Vocabulary) -> str:
    said = ", ".join(words.label(TESTS, test.value) for test in fitting_tests(field))
    return _("What fits is: {tests}.").format(tests=said)


def _parse_period(field: FieldSpec, text: str, words: Vocabulary) -> Between | None:
    """``is 2026`` or ``is marts 2026``: every day of it. None for a single day."""
    found = parse_operand(field, Test.BETWEEN, f"{text}..{text}", words)
    assert isinstance(found, Between)
    return None if found.low == found.high or isinstance(found.low, Relative) else found
