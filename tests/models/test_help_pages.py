"""Pages of help: the small strict form, search in them, and how hard a text is to read."""

from __future__ import annotations

import pytest

from coi_desktop.models.help_pages import Block, BlockKind, find_pages, parse_page, readability

PAGE = """# Papirkurv
Det, du fjerner,
ligger her.

## Gendan
1. Vælg det.
2. Tryk Gendan,
   og se efter.
- Et punkt

Mere <b>tekst</b>.

> history, people
"""


def test_a_page_is_read_into_blocks() -> None:
    page = parse_page("trash", PAGE)
    assert page.title == "Papirkurv"
    assert page.blocks == (
        Block(BlockKind.TEXT, "Det, du fjerner, ligger her."),
        Block(BlockKind.HEADING, "Gendan"),
        Block(BlockKind.STEP, "Vælg det."),
        Block(BlockKind.STEP, "Tryk Gendan, og se efter."),
        Block(BlockKind.POINT, "Et punkt"),
        Block(BlockKind.TEXT, "Mere <b>tekst</b>."),
    )
    assert page.headings() == ("Gendan",)
    assert page.further == ("history", "people")


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("Ingen titel", "line 1"),
        ("# Titel\n\n### For dybt\nTekst", "line 3"),
        ("# Titel\n> a\nTekst", "line 3"),
        ("# Kun titel\n", "needs"),
        ("", "needs"),
    ],
)
def test_a_page_that_is_not_in_the_form_is_refused_by_line(text: str, place: str) -> None:
    with pytest.raises(ValueError, match=place):
        parse_page("side", text)


def test_what_is_in_the_title_comes_before_what_is_in_the_text() -> None:
    text = parse_page("a", "# Historik\nSe papirkurven.")
    heading = parse_page("b", "# Fortryd\n## Papirkurv\nTekst.")
    title = parse_page("c", "# Papirkurv\nTekst.")
    pages = [text, heading, title]
    assert [page.name for page in find_pages(pages, "papirk")] == ["c", "b", "a"]
    assert [page.name for page in find_pages(pages, "papirkurv tekst")] == ["b", "c"]
    assert find_pages(pages, "findes ikke") == []
    assert find_pages(pages, "  ") == pages


def test_danish_letters_are_found_however_they_are_typed() -> None:
    page = parse_page("a", "# Ærø og Ålborg\nTekst.")
    assert find_pages([page], "aeroe AALB") == [page]


def test_readability_tells_an_easy_text_from_a_hard_one() -> None:
    easy = "Tryk Ctrl+N. Skriv en titel. Så er du i gang."
    hard = (
        "Kommunalbestyrelsens innovationsstrategiske handlingsplan forudsætter tværorganisatorisk "
        "implementering af virkningsevaluering i samtlige fagforvaltninger."
    )
    assert readability(easy) < 30
    assert readability(hard) > 60
