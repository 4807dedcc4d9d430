"""Where the words someone searches for stand in a text, in characters of the text as it is shown."""

from __future__ import annotations

from coi_desktop.models.folding import fold, words


def find_hits(text: str, search: str) -> list[tuple[int, int]]:
    """Stretches of ``text`` (start, end) that hold a word of ``search``, found as the register finds them.

    Folding makes two letters of one ("ø" → "oe"), so the folded text is mapped back letter by letter.
    Stretches that touch or overlap are one.
    """
    wanted = words(search)
    if not wanted or not text:
        return []
    folded, places = _fold_with_places(text)
    found: list[tuple[int, int]] = []
    for word in wanted:
        start = folded.find(word)
        while start >= 0:
            end = start + len(word)
            found.append((places[start], places[end - 1] + 1))
            start = folded.find(word, end)
    return _joined(sorted(found))


def _fold_with_places(text: str) -> tuple[str, list[int]]:
    folded = fold(text)
    if text.isascii():
        return folded, list(range(len(text)))
    parts: list[str] = []
    places: list[int] = []
    for place, letter in enumerate(text):
        part = letter.lower() if letter.isascii() else fold(letter)
        parts.append(part)
        places.extend([place] * len(part))
    return "".join(parts), places


def _joined(stretches: list[tuple[int, int]]) -> list[tuple[int, int]]:
    joined: list[tuple[int, int]] = []
    for start, end in stretches:
        if joined and start <= joined[-1][1]:
            joined[-1] = (joined[-1][0], max(end, joined[-1][1]))
        else:
            joined.append((start, end))
    return joined
