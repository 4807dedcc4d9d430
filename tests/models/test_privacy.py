"""The privacy check, tried on made-up numbers of people born 1858–1899, so that nobody alive is hit."""

from __future__ import annotations

import random
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coi_desktop.models.privacy import (
    Finding,
    NamedText,
    check_texts,
    find_personal_details,
    find_personal_numbers,
)

DASHES = ["-", "\u2011", "\u2013"]
SPACES = [" ", "\u00a0", "\u2009"]
SEPARATORS = ["", *DASHES, *SPACES, ".", "/", *[f" {dash} " for dash in DASHES], " / ", "- ", "\u00a0-\u00a0"]
WEIGHTS = (4, 3, 2, 7, 6, 5, 4, 3, 2, 1)


def modulus_holds(digits: str) -> bool:
    return sum(int(digit) * weight for digit, weight in zip(digits, WEIGHTS, strict=True)) % 11 == 0


def make_numbers(count: int, seed: int = 1858) -> list[str]:
    """Ten digits each; four in ten fail modulus 11."""
    chance = random.Random(seed)
    first, last = date(1858, 1, 1), date(1899, 12, 31)
    numbers: list[str] = []
    while len(numbers) < count:
        born = first + timedelta(days=chance.randrange((last - first).days + 1))
        number = f"{born:%d%m%y}{chance.choice('5678')}{chance.randrange(1000):03d}"
        if modulus_holds(number) == (len(numbers) % 10 >= 4):
            numbers.append(number)
    return numbers


MADE_UP = [(number, SEPARATORS[index % len(SEPARATORS)]) for index, number in enumerate(make_numbers(200))]

LOOK_ALIKES = [
    "Ring på 20 34 56 78 mellem 9 og 12",
    "+45 3325 9876",
    "CVR 29189846",
    "EAN 5798000417618",
    "EAN-nummer 5790000123456",
    "Reg. 1234 konto 0005551234",
    "Konto 4440-3123456789",
    "Sag 24/010158",
    "Sagsnr. 2024-0012345",
    "KMD-sag 27.00.00-P20-1-24",
    "ISBN 978-87-02-07834-1",
    "ISBN 87-02-07834-9",
    "Tidsstempel 20241122103000",
    "2024-11-22 10:30",
    "Løbenummer 3202589123",
    "Løbenummer 0013589123",
    "Dato 300258-5123",
    "Beløb 1.234.567,50 kr.",
    "Matrikel 7000aq, 2.500.000 m2",
    "Tidsstempel 2611241530",
]


def test_all_two_hundred_made_up_numbers_are_found_whatever_separates_them() -> None:
    missed = [
        index
        for index, (number, separator) in enumerate(MADE_UP)
        if not find_personal_numbers(f"Borger med nummer {number[:6]}{separator}{number[6:]}, set i maj.")
    ]
    assert missed == []
    assert sum(not modulus_holds(number) for number, _ in MADE_UP) == 80


def test_the_same_numbers_are_found_alone_in_cells_also_without_their_leading_zero() -> None:
    for number, separator in MADE_UP:
        cell = f"{number[:6]}{separator}{number[6:]}"
        assert find_personal_numbers(cell, is_cell=True), separator
        assert find_personal_numbers(cell.lstrip("0"), is_cell=True), separator
    assert find_personal_numbers("101585123.0", is_cell=True)


def test_at_most_two_of_twenty_look_alikes_are_flagged() -> None:
    flagged = [text for text in LOOK_ALIKES if find_personal_numbers(text)]
    assert len(LOOK_ALIKES) == 20
    assert len(flagged) <= 2, flagged
    flagged_cells = [text for text in LOOK_ALIKES if find_personal_numbers(text, is_cell=True)]
    assert len(flagged_cells) <= 2, flagged_cells


def test_nine_digits_in_running_text_are_no_personal_number() -> None:
    assert find_personal_numbers("I alt 101585123 opslag") == ()


def test_modulus_eleven_raises_the_certainty_and_never_dismisses() -> None:
    holds = next(number for number, _ in MADE_UP if modulus_holds(number))
    fails = next(number for number, _ in MADE_UP if not modulus_holds(number))
    assert find_personal_numbers(holds)[0].certainty == "high"
    assert find_personal_numbers(fails)[0].certainty == "medium"
    assert find_personal_numbers(f"{fails[:6]}-{fails[6:]}")[0].certainty == "high"


@pytest.mark.parametrize(
    ("number", "is_real"),
    [
        ("290200-0123", False),  # 1900 was no leap year
        ("290200-4123", True),  # 2000 was
        ("290200-5123", True),
        ("290236-9123", True),
        ("290237-9123", False),  # 1937
        ("290260-6123", True),  # 1860
        ("310499-1123", False),
    ],
)
def test_the_seventh_digit_tells_the_century_of_the_date(number: str, is_real: bool) -> None:
    assert bool(find_personal_numbers(number)) is is_real


def test_a_finding_tells_the_place_and_never_the_number() -> None:
    number = make_numbers(1)[0]
    text = f"Problem: {number}"
    (placed,) = check_texts([NamedText("Skærmbesøg · Problem", text)])
    assert placed.place == "Skærmbesøg · Problem"
    assert placed.is_personal_number
    assert text[placed.finding.start : placed.finding.end] == number
    assert number not in repr(placed)


def test_mail_addresses_and_telephone_numbers_are_findings_of_their_own() -> None:
    text = "Skriv til anna.berg@eksempel.dk eller ring +45 20 34 56 78 (CVR 29189846, 25000000 kr.)"
    found = [(finding.kind, text[finding.start : finding.end]) for finding in find_personal_details(text)]
    assert found == [("mail", "anna.berg@eksempel.dk"), ("phone", "+45 20 34 56 78")]
    assert not any(placed.is_personal_number for placed in check_texts([NamedText("x", text)]))


def test_a_personal_number_is_not_counted_as_a_telephone_number_too() -> None:
    assert [finding.kind for finding in find_personal_details("310558 5123")] == ["cpr"]


def test_full_width_digits_are_read_as_digits() -> None:
    wide = "".join(chr(0xFF10 + int(digit)) for digit in "3105585123")
    assert find_personal_numbers(wide) == (Finding("cpr", 0, 10, "medium"),)


@given(st.text(max_size=60), st.text(max_size=60), st.sampled_from(MADE_UP))
def test_a_number_is_found_in_any_text(before: str, after: str, made_up: tuple[str, str]) -> None:
    number, separator = made_up
    text = f"{before}¶{number[:6]}{separator}{number[6:]}¶{after}"
    assert any(
        finding.kind == "cpr" and finding.start == len(before) + 1 for finding in find_personal_numbers(text)
    )


@given(st.text(max_size=200))
def test_the_check_never_fails_on_a_text_and_stays_inside_it(text: str) -> None:
    for finding in find_personal_details(text, is_cell=True):
        assert 0 <= finding.start < finding.end <= len(text)
