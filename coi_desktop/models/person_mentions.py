"""Where a person is mentioned in texts, and the texts without that person.

A person is given as names, mail addresses and telephone numbers. Each is made into a key: the folded words of
a name or address ("kirsten aaberg"), or the last eight digits of a number. A text mentions the person where
words that follow each other make such a key. So "Kirsten Åberg", "AABERG, KIRSTEN" and "kirsten_aaberg.pdf"
are all found, and whoever holds only the hashes of the keys finds the same places.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import NamedTuple

from coi_desktop.models.folding import fold, words

#: Characters that may stand where a person stood.
LONGEST_REPLACEMENT = 60

_WORD = r"[^\W_]+"
_BETWEEN = r"[\s_.,;@+\-\u2010-\u2015'’/]{1,3}"
_PHONE = r"(?<![0-9])(?:(?:\+|00)[0-9 ]{1,6})?[0-9](?:[ \u00a0\u2009\u202f.-]?[0-9]){7}(?![0-9])"
_JSON_PART = r'"(?:[^"\\]|\\.)*"|-?[0-9][0-9.eE+-]*'
_DIGITS = 8
_MOST_WORDS = 8
_MOST_REMEMBERED = 200_000


class PersonForms(NamedTuple):
    """How a person is written, as given by the user."""

    names: tuple[str, ...] = ()
    mails: tuple[str, ...] = ()
    phones: tuple[str, ...] = ()


class Keys(NamedTuple):
    """The keys of a person.

    ``words`` are folded words that must follow each other; ``alone`` single words that count only with a
    capital or as the whole text, because "bo" is a word as well as a name; ``digits`` telephone numbers.
    """

    words: frozenset[str] = frozenset()
    alone: frozenset[str] = frozenset()
    digits: frozenset[str] = frozenset()

    def marked(self) -> tuple[str, ...]:
        """Every key with a mark of its kind, in order: what is hashed and remembered."""
        marked = [("w", key) for key in self.words] + [("a", key) for key in self.alone]
        return tuple(sorted(f"{mark}:{key}" for mark, key in [*marked, *(("t", key) for key in self.digits)]))

    @property
    def lengths(self) -> tuple[int, ...]:
        """The numbers of words that keys have, the greatest first."""
        counts = {key.count(" ") + 1 for key in self.words} | ({1} if self.alone else set())
        return tuple(sorted(counts, reverse=True))


def keys_of(forms: PersonForms) -> Keys:
    """The keys under which a person so written is found."""
    several: set[str] = set()
    alone: set[str] = set()
    for name in forms.names:
        parts = words(name)[:_MOST_WORDS]
        if len(parts) == 1:
            alone.add(parts[0])
        elif parts:
            several.update((" ".join(parts), "".join(parts), " ".join((parts[-1], *parts[:-1]))))
    for mail in forms.mails:
        parts = words(mail)[:_MOST_WORDS]
        if len(parts) > 1:
            several.add(" ".join(parts))
    digits = {found[-_DIGITS:] for phone in forms.phones if len(found := re.sub(r"\D", "", phone)) >= _DIGITS}
    return Keys(frozenset(several), frozenset(alone), frozenset(digits))


class Mentions:
    """Finds and replaces a person in texts.

    ``is_key`` tells of a marked key whether it is the person's; ``may_begin`` whether a key may begin with a
    folded word, so that most words cost no more than a look. ``hints`` are the folded words one of which is
    in every text that names the person, where they are known.
    """

    def __init__(
        self,
        lengths: Iterable[int],
        is_key: Callable[[str], bool],
        may_begin: Callable[[str], bool],
        *,
        has_phones: bool = True,
        hints: frozenset[str] | None = None,
    ) -> None:
        self._lengths = tuple(sorted(lengths, reverse=True))
        self._is_key = is_key
        self._may_begin = may_begin
        self._has_phones = has_phones
        self._hints = hints
        self._looked: dict[str, tuple[str, bool]] = {}

    @classmethod
    def of(cls, keys: Keys) -> Mentions:
        """Where the person with these keys is mentioned."""
        marked = frozenset(keys.marked())
        firsts = frozenset(key.split()[0] for key in (*keys.words, *keys.alone))
        return cls(
            keys.lengths,
            marked.__contains__,
            firsts.__contains__,
            has_phones=bool(keys.digits),
            hints=firsts,
        )

    def find(self, text: str) -> list[tuple[int, int]]:
        """The spans of ``text`` that mention the person, in order, none within another; within JSON those of
        the strings and numbers that do.
        """
        if is_json(text):
            return [part.span() for part in re.finditer(_JSON_PART, text) if self._is_in_part(part.group())]
        found = list(self._phones(text)) if self._has_phones else []
        if self._may_name(text):
            found += [span for span in self._names(text) if not _overlaps(span, found)]
        return sorted(found)

    def is_in(self, text: str) -> bool:
        """Whether ``text`` mentions the person."""
        return bool(self.find(text))

    def without(self, text: str, replacement: str) -> str:
        """``text`` with ``replacement`` wherever it mentions the person; JSON stays JSON.

        The same text always gives the same, so that what was equal stays equal.
        """
        if is_json(text):
            return re.sub(_JSON_PART, lambda part: self._part_without(part.group(), replacement), text)
        for start, end in reversed(self.find(text)):
            text = text[:start] + replacement + text[end:]
        return text

    def _is_in_part(self, part: str) -> bool:
        return self.is_in(str(json.loads(part)) if part.startswith('"') else part)

    def _part_without(self, part: str, replacement: str) -> str:
        before = str(json.loads(part)) if part.startswith('"') else part
        after = self.without(before, replacement)
        return part if after == before else json.dumps(after, ensure_ascii=False)

    def _may_name(self, text: str) -> bool:
        if not self._lengths:
            return False
        if self._hints is None:
            return True
        folded = fold(text)
        return any(hint in folded for hint in self._hints)

    def _phones(self, text: str) -> Iterator[tuple[int, int]]:
        for match in re.finditer(_PHONE, text):
            if self._is_key("t:" + re.sub(r"\D", "", match.group())[-_DIGITS:]):
                yield match.span()

    def _names(self, text: str) -> Iterator[tuple[int, int]]:
        look, seen = self._look, self._looked
        if not any((seen.get(word) or look(word))[1] for word in re.findall(_WORD, text)):
            return
        found = [match.span() for match in re.finditer(_WORD, text)]
        looked = [look(text[start:end]) for start, end in found]
        folded = [word for word, _begins in looked]
        place = 0
        while place < len(found):
            length, cut = self._longest(text, found, folded, place) if looked[place][1] else (0, 0)
            if length:
                yield found[place][0], found[place + length - 1][1] - cut
            place += length or 1

    def _longest(
        self, text: str, found: list[tuple[int, int]], folded: list[str], place: int
    ) -> tuple[int, int]:
        """How many words from ``place`` on name the person, and how many letters of the last do not (the
        genitive's s).
        """
        for length in self._lengths:
            last = place + length - 1
            if last >= len(found) or not all(
                re.fullmatch(_BETWEEN, text[found[one][1] : found[one + 1][0]]) for one in range(place, last)
            ):
                continue
            key = " ".join(folded[place : last + 1])
            candidates = [(key, 0), (key[:-1], 1)] if len(key) > 2 and key.endswith("s") else [(key, 0)]
            for candidate, cut in candidates:
                if self._is_key("w:" + candidate):
                    return length, cut
                if length == 1 and self._stands_alone(text, found[place]) and self._is_key("a:" + candidate):
                    return length, cut
        return 0, 0

    @staticmethod
    def _stands_alone(text: str, span: tuple[int, int]) -> bool:
        return text[span[0]].isupper() or text.strip() == text[slice(*span)]

    def _look(self, word: str) -> tuple[str, bool]:
        """A word folded, and whether a key may begin with it."""
        looked = self._looked.get(word)
        if looked is None:
            folded = "".join(words(word))
            begins = self._may_begin(folded) or (folded.endswith("s") and self._may_begin(folded[:-1]))
            if len(self._looked) > _MOST_REMEMBERED:
                self._looked.clear()
            looked = self._looked[word] = folded, begins
        return looked


def is_json(text: str) -> bool:
    """Whether a stored text is JSON: an object or a list. What only looks like one is a text."""
    if (text[:1], text[-1:]) not in (("{", "}"), ("[", "]")):
        return False
    try:
        json.loads(text)
    except (ValueError, RecursionError):
        return False
    return True


def _overlaps(span: tuple[int, int], others: Iterable[tuple[int, int]]) -> bool:
    return any(span[0] < end and start < span[1] for start, end in others)


def without_person(values: Mapping[str, object], mentions: Mentions, replacement: str) -> dict[str, object]:
    """``values`` with the person replaced in every text among them."""
    return {
        name: mentions.without(value, replacement) if isinstance(value, str) else value
        for name, value in values.items()
    }
