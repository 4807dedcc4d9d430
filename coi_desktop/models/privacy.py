"""Personal numbers, mail addresses, telephone numbers and names of citizens found in texts and cells.

The rules: ten digits with a real date of birth are a hit whether or not modulus 11 holds, because numbers
without modulus 11 have been handed out since 1 October 2007 (the CPR office). Modulus 11 or a hyphen only
raises the certainty. A finding tells where it is, never what the number is, so it may be logged and shown.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import Literal

from coi_desktop.i18n import _, ngettext

FindingKind = Literal["cpr", "mail", "phone", "name", "person", "count"]
Certainty = Literal["high", "medium"]

_SPACE = " \u00a0\u2009\u202f"
_DASH = "\u002d\u00ad\u2010\u2011\u2012\u2013\u2014\u2212"
_DAY_MONTH_YEAR = r"(?P<day>0[1-9]|[12][0-9]|3[01])(?P<month>0[1-9]|1[0-2])(?P<year>[0-9]{2})"
_SERIAL = rf"(?P<separator>[{_SPACE}]?[{_DASH}{_SPACE}./][{_SPACE}]?)?(?P<serial>[0-9]{{4}})"
_NUMBER = re.compile(rf"(?<![0-9]){_DAY_MONTH_YEAR}{_SERIAL}(?![0-9])")
# A spreadsheet that took the number for a number dropped its leading zero, and may have added ",0".
_SHORT_NUMBER = re.compile(
    rf"\s*(?P<day>[1-9])(?P<month>0[1-9]|1[0-2])(?P<year>[0-9]{{2}}){_SERIAL}(?:[.,]0+)?\s*"
)
_MAIL = re.compile(r"[\w.!#$%&'*+/=?^`{|}~-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63}){1,8}")
# Danish telephone numbers: eight digits, the first 2–9, in pairs or one run; no CVR numbers or amounts.
_PHONE = re.compile(
    rf"(?<![0-9.,/@-])(?:(?:\+|00)45[{_SPACE}]?)?"
    rf"[2-9][0-9](?:[{_SPACE}]?[0-9]{{2}}){{3}}"
    rf"(?![0-9@/-]|[.,][0-9]|[{_SPACE}]?(?:kr|DKK|,-))",
    re.IGNORECASE,
)
_NAME = r"[A-ZÆØÅÉ][a-zæøåéüöä]+(?:[ -](?:[A-ZÆØÅÉ]\.|[A-ZÆØÅÉ][a-zæøåéüöä]+)){1,3}"
_CITIZEN = r"(?:[Bb]orger(?:en)?|[Dd]iagnosen?|[Ss]ag(?:en)?|[Pp]årørende|[Pp]atient(?:en)?|[Kk]lient(?:en)?)"
# "Borger Anna Holm", "pårørende til Anna Holm", "Anna Holms diagnose"; other words may not stand between.
_CITIZEN_NAME = re.compile(
    rf"\b{_CITIZEN}(?: (?:om|til|for|hos|vedr\.|vedrørende|med navnet))?[:,]? (?P<after>{_NAME})"
    rf"|(?P<before>{_NAME})s? {_CITIZEN}\b"
)
_NO_PERSON = re.compile(r"(?:Kommune|Kommunes|Region|Skole|Hospital|Plejecenter|Danmark|Styrelsen)\b")
_BEFORE_COMPANY_NUMBER = re.compile(r"(?:CVR|SE|P)[-. ]*(?:nr|nummer|no)?[.: ]*$", re.IGNORECASE)
#: What stands where a personal number was.
MASK = "••••••-••••"

_WEIGHTS = (4, 3, 2, 7, 6, 5, 4, 3, 2, 1)
_WIDE_DIGITS = {0xFF10 + digit: ord("0") + digit for digit in range(10)}


@dataclass(frozen=True, slots=True)
class Finding:
    """Something personal in one text: its kind, how certain, and where (offsets into the text)."""

    kind: FindingKind
    start: int
    end: int
    certainty: Certainty


@dataclass(frozen=True, slots=True)
class NamedText:
    """A text and the place it comes from, in words the user knows ("Skærmbesøg · Problem").

    ``is_cell`` says that the text is the whole content of a cell or short field, where nine digits may be a
    personal number without its leading zero.
    """

    place: str
    text: str
    is_cell: bool = False


@dataclass(frozen=True, slots=True)
class PlacedFinding:
    """A finding and the place of the text it was found in."""

    place: str
    finding: Finding

    @property
    def is_kept_back(self) -> bool:
        """Whether it names a person who may not be contacted, which blocks a case pack too."""
        return self.finding.kind == "person" and self.finding.certainty == "high"

    @property
    def is_personal_number(self) -> bool:
        """Whether this blocks a case pack; every other finding only informs."""
        return self.finding.kind == "cpr"


def find_personal_numbers(text: str, *, is_cell: bool = False) -> tuple[Finding, ...]:
    """The CPR numbers in ``text``, in order.

    ``is_cell``: the text is a whole cell, so nine digits that lost their leading zero count too.
    """
    if len(text) < 9:
        return ()
    text = text.translate(_WIDE_DIGITS) if not text.isascii() else text
    found = [
        Finding("cpr", match.start(), match.end(), _certainty(match))
        for match in _NUMBER.finditer(text)
        if _is_real_date(match)
    ]
    if is_cell and not found:
        match = _SHORT_NUMBER.fullmatch(text)
        if match is not None and _is_real_date(match):
            found.append(Finding("cpr", match.start("day"), match.end("serial"), _certainty(match)))
    return tuple(found)


def find_personal_details(text: str, *, is_cell: bool = False) -> tuple[Finding, ...]:
    """Everything the privacy check looks for in one text: CPR numbers, mail addresses, telephone numbers, and
    names next to words such as "borger" and "diagnose".
    """
    found = list(find_personal_numbers(text, is_cell=is_cell))
    if "@" in text:
        found += [Finding("mail", match.start(), match.end(), "high") for match in _MAIL.finditer(text)]
    taken = [(finding.start, finding.end) for finding in found]
    for match in _PHONE.finditer(text):
        if any(match.start() < end and start < match.end() for start, end in taken):
            continue
        if _BEFORE_COMPANY_NUMBER.search(text, max(0, match.start() - 16), match.start()) is None:
            found.append(Finding("phone", match.start(), match.end(), "medium"))
    found += _names(text)
    return tuple(sorted(found, key=lambda finding: (finding.start, finding.end)))


def _names(text: str) -> Iterator[Finding]:
    for match in _CITIZEN_NAME.finditer(text):
        group = "after" if match["after"] else "before"
        if _NO_PERSON.search(match[group]) is None:
            yield Finding("name", match.start(group), match.end(group), "medium")


def masked(text: str) -> str:
    """``text`` with personal numbers made unreadable, for names of places that may hold one themselves."""
    for finding in reversed(find_personal_numbers(text)):
        text = f"{text[: finding.start]}{MASK}{text[finding.end :]}"
    return text


def kind_words(kind: FindingKind, count: int) -> str:
    """What was found, in words for ``count`` of them."""
    if kind == "cpr":
        return ngettext("possible civil registration number", "possible civil registration numbers", count)
    if kind == "mail":
        return ngettext("mail address", "mail addresses", count)
    if kind == "phone":
        return ngettext("telephone number", "telephone numbers", count)
    if kind == "person":
        return ngettext("name of a person", "names of persons", count)
    if kind == "count":
        return ngettext("count of very few people", "counts of very few people", count)
    return ngettext("name of a citizen", "names of citizens", count)


def remark_on(findings: Iterable[Finding]) -> str:
    """What is said beside a text in which these were found; empty for none. It never holds what was found."""
    kinds = {finding.kind for finding in findings}
    if "cpr" in kinds:
        return _(
            "This looks like a civil registration number. The register needs none: delete it or mask it."
        )
    if "name" in kinds:
        return _("This looks like the name of a citizen. Write the role instead.")
    if kinds:
        return _("There is a mail address or telephone number here. Is it meant to be stored?")
    return ""


def check_texts(texts: Iterable[NamedText]) -> tuple[PlacedFinding, ...]:
    """Every finding in ``texts``, each with its place, in the order of the texts."""
    return tuple(
        PlacedFinding(named.place, finding)
        for named in texts
        for finding in find_personal_details(named.text, is_cell=named.is_cell)
    )


def _certainty(match: re.Match[str]) -> Certainty:
    digits = match["day"].zfill(2) + match["month"] + match["year"] + match["serial"]
    holds = sum(int(digit) * weight for digit, weight in zip(digits, _WEIGHTS, strict=True)) % 11 == 0
    is_hyphenated = any(character in _DASH for character in match["separator"] or "")
    return "high" if holds or is_hyphenated else "medium"


def _is_real_date(match: re.Match[str]) -> bool:
    year = _birth_year(int(match["year"]), int(match["serial"][0]))
    try:
        date(year, int(match["month"]), int(match["day"]))
    except ValueError:
        return False
    return True


def _birth_year(year: int, seventh: int) -> int:
    """The full year of birth from two digits and the seventh digit of the number (the CPR office's table)."""
    if seventh <= 3:
        return 1900 + year
    if seventh in (4, 9):
        return (2000 if year <= 36 else 1900) + year
    return (2000 if year <= 57 else 1800) + year
