"""What changed in a text, word by word, with long passages that are the same left out."""

from __future__ import annotations

import re
from difflib import SequenceMatcher
from enum import StrEnum
from typing import NamedTuple

#: Of a passage that is the same, so much is shown beside what changed.
_AROUND = 60
_MOST_WORDS = 4_000


class Part(StrEnum):
    """What a part of the text is: the same in both, only before, or only after."""

    SAME = "same"
    GONE = "gone"
    NEW = "new"


class Passage(NamedTuple):
    """A part of the text and its characters."""

    part: Part
    text: str


def find_differences(before: str, after: str) -> tuple[Passage, ...]:
    """The two texts as one, in passages that are the same, gone or new."""
    old, new = _words(before), _words(after)
    if len(old) + len(new) > _MOST_WORDS:
        return tuple(Passage(part, text) for part, text in ((Part.GONE, before), (Part.NEW, after)) if text)
    found: list[Passage] = []
    for tag, old_from, old_to, new_from, new_to in SequenceMatcher(
        None, old, new, autojunk=False
    ).get_opcodes():
        if tag == "equal":
            found.append(Passage(Part.SAME, "".join(old[old_from:old_to])))
            continue
        if old_to > old_from:
            found.append(Passage(Part.GONE, "".join(old[old_from:old_to])))
        if new_to > new_from:
            found.append(Passage(Part.NEW, "".join(new[new_from:new_to])))
    return tuple(_shortened(found))


def _words(text: str) -> list[str]:
    return re.findall(r"\s+|\w+|[^\w\s]", text)


def _shortened(passages: list[Passage]) -> list[Passage]:
    shortened: list[Passage] = []
    for place, (part, text) in enumerate(passages):
        if part is Part.SAME and len(text) > 3 * _AROUND:
            head = text[:_AROUND].rstrip() + " … " if place else "… "
            tail = text[-_AROUND:].lstrip() if place < len(passages) - 1 else ""
            text = head + tail
        shortened.append(Passage(part, text))
    return shortened
