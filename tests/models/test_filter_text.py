"""Filters in writing: read as people write them, and read back as they are stored."""

from __future__ import annotations

from contextlib import suppress
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coi_desktop.errors import Problem
from coi_desktop.i18n import speaking
from coi_desktop.models.fields import FieldSpec, Kind
from coi_desktop.models.filter_fields import OF_SEVERAL, TAGS, WITHOUT_VALUE, filter_fields, fitting_tests
from coi_desktop.models.filter_text import format_condition, parse_condition, parse_conditions
from coi_desktop.models.filter_words import describe_condition
from coi_desktop.models.folding import clean_line
from coi_desktop.models.query import Between, Condition, Myself, Operand, Relative, Test
from coi_desktop.models.record_types.table import record_type
from tests.models.shipped_words import shipped_vocabulary

OWN = (
    FieldSpec("own_ab12cd34", Kind.MONEY, "Tilskud fra fonden", "Grant"),
    FieldSpec("own_11112222", Kind.TEXT, "Titel", "Nickname"),
)
FIELDS = (*record_type("initiative").fields, *OWN)

WRITTEN = [
    ("phase one_of idea, develop", Condition("phase", Test.ONE_OF, ("idea", "develop"))),
    ("Fase er en af Idé, indførelse", Condition("phase", Test.ONE_OF, ("idea", "introduce"))),
    ("fase = idé", Condition("phase", Test.IS, "idea")),
    ("Phase is not Pre-analysis", Condition("phase", Test.IS_NOT, "preanalysis")),
    ("Status siden før 1. marts 2026", Condition("status_since", Test.BEFORE, date(2026, 3, 1))),
    ("status er Aktiv", Condition("status", Test.IS, "active")),
    ("Sidst bekræftet ikke siden -1 år", Condition("confirmed", Test.NOT_SINCE, Relative(months=-12))),
    ("confirmed not since -365d", Condition("confirmed", Test.NOT_SINCE, Relative(days=-365))),
    (
        "Næste dato mellem i dag og +2 uger",
        Condition("next_date", Test.BETWEEN, Between(Relative(), Relative(14))),
    ),
    ("next_date is between 2026..", Condition("next_date", Test.BETWEEN, Between(date(2026, 1, 1), None))),
    ("start = 2026", Condition("start", Test.BETWEEN, Between(date(2026, 1, 1), date(2026, 12, 31)))),
    ("start er 22-11-2026", Condition("start", Test.IS, date(2026, 11, 22))),
    ("start>2026", Condition("start", Test.AFTER, date(2026, 12, 31))),
    ("start <= 2026", Condition("start", Test.BETWEEN, Between(None, date(2026, 12, 31)))),
    ("Budget > 1.250.000 kr.", Condition("budget", Test.GREATER, Decimal(1250000))),
    ("budget over 1,5 mio. kr.", Condition("budget", Test.GREATER, Decimal(1500000))),
    ("budget>=12,50", Condition("budget", Test.BETWEEN, Between(Decimal("12.50"), None))),
    ("budget er mellem 1..2,5", Condition("budget", Test.BETWEEN, Between(Decimal(1), Decimal("2.5")))),
    ("Nr. = 7", Condition("number", Test.IS, 7)),
    ("titel indeholder pleje og omsorg", Condition("title", Test.CONTAINS, "pleje og omsorg")),
    ('"title" ~ "er tom"', Condition("title", Test.CONTAINS, "er tom")),
    ("Ejer er @mig", Condition("owner", Test.IS, Myself())),
    ("ejer er tom", Condition("owner", Test.EMPTY)),
    ("Owner is filled in", Condition("owner", Test.FILLED)),
    ("Emneord = robot", Condition("tags", Test.ONE_OF, ("robot",))),
    ('tags none_of "a, b", c', Condition("tags", Test.NONE_OF, ("a, b", "c"))),
    ("Mangler måling: er ja", Condition("unmeasured", Test.IS, True)),
    ("Har evaluering = nej", Condition("evaluated", Test.IS, False)),
    ("Tilskud fra fonden under 1000", Condition("own_ab12cd34", Test.LESS, Decimal(1000))),
    ("Oprettet efter -30 dage", Condition("created", Test.AFTER, Relative(days=-30))),
    ("confirmed not_since 2026", Condition("confirmed", Test.NOT_SINCE, date(2026, 1, 1))),
]  # fmt: skip


@pytest.mark.parametrize(("text", "expected"), WRITTEN)
def test_filters_are_read_as_people_write_them(text: str, expected: Condition) -> None:
    if text.startswith("titel"):
        text = text.replace("titel", "title")  # the own field is called the same
    assert parse_condition(text, FIELDS, shipped_vocabulary()) == expected


@pytest.mark.parametrize(
    ("text", "what", "advice"),
    [
        ("farve = blå", "“farve = blå” begynder ikke med navnet på et felt.", "Fase"),
        ("fase", "“” begynder ikke med en betingelse, der passer til “Fase”.", "er en af"),
        ("fase = Idee", "“Idee” er ingen værdi i “Fase”.", "Idé, Foranalyse"),
        ("fase > 3", "“er over” kan ikke bruges på “Fase”.", "er en af"),
        ("budget > mange", "“mange” er ingen værdi i “Budget”.", "12,5"),
        ("budget > 1.234", "Tallet 1.234 kan være 1234 eller 1,2340.", "decimaler"),
        ("nr. = 1,5", "“1,5” er ingen værdi i “Nr.”.", "helt tal"),
        ("start før 31-02-2026", "“31-02-2026” er ingen værdi i “Start”.", "22-11-2026"),
        ("budget mellem 5", "“5” er ingen værdi i “Budget”.", "100..200"),
        ("ejer er tom Bo", "“Bo” står bag en betingelse, der ikke tager nogen værdi.", "Udelad"),
        ("titel = x", "Flere felter hedder “titel”.", "own_11112222"),
        ("har bilag = måske", "“måske” er ingen værdi i “Har bilag”.", "ja"),
        ("ejer indeholder", "Der mangler en værdi bag “Ejer indeholder”.", "Skriv"),
        ("fase er en af ,", "Ingen værdi i “Fase” er nævnt.", "komma"),
    ],
)
def test_what_is_not_understood_is_named_with_what_fits_instead(text: str, what: str, advice: str) -> None:
    with speaking("da"), pytest.raises(Problem) as caught:
        parse_condition(text, FIELDS, shipped_vocabulary())
    assert caught.value.what == what
    assert advice in caught.value.advice
    assert caught.value.code == "bad_filter"


TEXTS = st.text(st.characters(codec="utf-8"), min_size=1, max_size=12).map(clean_line).filter(bool)
NUMBERS = st.decimals(-(10**9), 10**9, allow_nan=False, places=3)
DAYS = st.dates(date(1900, 1, 1), date(2199, 12, 31))
FROM_TODAY = st.integers(-9999, 9999).map(lambda days: Relative(days=days)) | st.integers(-999, 999).map(
    lambda months: Relative(months=months)
)


def operands(field: FieldSpec) -> st.SearchStrategy[Operand]:
    if field.kind in (Kind.CHOICE, Kind.CHOICES):
        return st.sampled_from(shipped_vocabulary().keys(field.values))
    by_kind: dict[Kind, st.SearchStrategy[Operand]] = {
        Kind.INTEGER: st.integers(-(10**6), 10**6),
        Kind.NUMBER: NUMBERS,
        Kind.MONEY: NUMBERS,
        Kind.DATE: DAYS | FROM_TODAY,
        Kind.TIME: DAYS | FROM_TODAY,
        Kind.YES_NO: st.booleans(),
    }
    return by_kind.get(field.kind, TEXTS)


@st.composite
def conditions(draw: st.DrawFn) -> Condition:
    field = draw(st.sampled_from(filter_fields(FIELDS)))
    test = draw(st.sampled_from(fitting_tests(field)))
    one = operands(field)
    if test in WITHOUT_VALUE:
        return Condition(field.name, test)
    if test in OF_SEVERAL:
        return Condition(field.name, test, tuple(draw(st.lists(one, min_size=1, max_size=4, unique=True))))
    if test is Test.BETWEEN:
        low, high = draw(st.tuples(one, st.none() | one) | st.tuples(st.none(), one))
        return Condition(field.name, test, Between(low, high))
    if field.kind is Kind.TEXT and field != TAGS and test is Test.IS and draw(st.booleans()):
        return Condition(field.name, test, Myself())
    return Condition(field.name, test, draw(one))


@given(conditions(), st.sampled_from(["da", "en"]))
def test_what_is_stored_reads_back_the_same_in_every_language(condition: Condition, language: str) -> None:
    text = format_condition(condition, FIELDS)
    assert "\n" not in text
    with speaking(language):
        assert parse_condition(text, FIELDS, shipped_vocabulary()) == condition


@given(st.text(max_size=40))
def test_no_text_breaks_the_reader(text: str) -> None:
    for beginning in ("", "budget ", "phase = ", "start mellem ", "tags er en af "):
        with suppress(Problem):
            parse_condition(beginning + text, FIELDS, shipped_vocabulary())


def test_a_view_keeps_a_choice_that_is_gone_and_tells_of_a_field_that_is() -> None:
    stored = 'phase one_of idea, moon\nown_99999999 is "x"\n\nowner is @me'
    found, unread = parse_conditions(stored, FIELDS, shipped_vocabulary())
    assert found == (
        Condition("phase", Test.ONE_OF, ("idea", "moon")),
        Condition("owner", Test.IS, Myself()),
    )
    assert unread == ('own_99999999 is "x"',)


@pytest.mark.parametrize(
    ("written", "da", "en"),
    [
        ("phase one_of idea, introduce", "Fase: Idé eller Indførelse", "Phase: Idea or Introduction"),
        ("phase none_of idea", "Fase er ikke Idé", "Phase is not Idea"),
        ("owner is @me", "Ejer: mig", "Owner: me"),
        ("title contains ble", "Titel indeholder “ble”", "Title contains “ble”"),
        ("budget > 250000", "Budget er over 250.000 kr.", "Budget is above DKK 250,000"),
        ("budget between 5..", "Budget er mindst 5 kr.", "Budget is at least DKK 5"),
        ("budget <= 5", "Budget er højst 5 kr.", "Budget is at most DKK 5"),
        ("start = 2026", "Start: 01-01-2026 – 31-12-2026", "Start: 1 Jan 2026 – 31 Dec 2026"),
        ("confirmed not_since -12m", "Sidst bekræftet: ikke i 1 år", "Last confirmed: not for 1 year"),
        ("next_date before +14d", "Næste dato er før om 14 dage", "Next date is before in 14 days"),
        ("next_date before today", "Næste dato er før i dag", "Next date is before today"),
        ("unmeasured is yes", "Mangler måling: ja", "Lacks a measurement: yes"),
        ("owner empty", "Ejer er tom", "Owner is empty"),
    ],
)  # fmt: skip
def test_chips_say_a_condition_as_people_say_it(written: str, da: str, en: str) -> None:
    words = shipped_vocabulary()
    condition = parse_condition(written, record_type("initiative").fields, words)
    for language, expected in (("da", da), ("en", en)):
        with speaking(language):
            said = describe_condition(condition, FIELDS, words)
            assert said.replace("\u00a0", " ") == expected
