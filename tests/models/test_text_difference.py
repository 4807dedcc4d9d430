"""What changed in a text is shown so that both texts can be read from it."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from coi_desktop.models.text_difference import Part, Passage, find_differences

TEXTS = st.text("abc æø\n.,🙂", max_size=40)


@given(before=TEXTS, after=TEXTS)
def test_both_texts_can_be_read_from_the_difference(before: str, after: str) -> None:
    passages = find_differences(before, after)
    assert "".join(text for part, text in passages if part is not Part.NEW) == before
    assert "".join(text for part, text in passages if part is not Part.GONE) == after


def test_whole_words_are_told() -> None:
    assert find_differences("vi kører meget", "vi cykler meget") == (
        Passage(Part.SAME, "vi "),
        Passage(Part.GONE, "kører"),
        Passage(Part.NEW, "cykler"),
        Passage(Part.SAME, " meget"),
    )


def test_a_long_passage_that_is_the_same_is_shortened() -> None:
    same = "ord " * 100
    passages = find_differences(same + "før", same + "efter")
    assert len(passages[0].text) < 80
    assert passages[0].text.startswith("… ")


def test_very_long_texts_are_told_one_after_the_other() -> None:
    passages = find_differences("a " * 3_000, "b " * 3_000)
    assert [one.part for one in passages] == [Part.GONE, Part.NEW]
