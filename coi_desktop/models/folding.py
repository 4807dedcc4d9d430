"""Danish text made comparable: folded text for search, sort keys for order, cleaned text at the door.

SQLite's LIKE, NOCASE and full-text folding know neither æ, ø, å nor aa = å; storing these forms gives the
same search and order on every platform.
"""

from __future__ import annotations

import re
import unicodedata

_FOLDED = str.maketrans(
    {"æ": "ae", "ø": "oe", "å": "aa", "ä": "ae", "ö": "oe", "ü": "y", "ð": "d", "þ": "th"}
)
_UNFOLDED = re.compile(r"[^\x00-\x7f]")
_COMBINING = re.compile(r"[\u0300-\u036f]")
_NOT_A_WORD = re.compile(r"[^0-9a-z]+")
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ufffe\uffff\ud800-\udfff\u200b\ufeff\u2060]")
_LINE_ENDS = re.compile(r"\r\n?|[\u2028\u2029]")
_SPACES = re.compile(r"[ \t\u00a0\u202f\u2007]+")

# Danish order: w is its own letter, ü sorts as y, aa as å, and æ, ø, å stand after z
# (Retskrivningsordbogen § 2).
_SORTED = str.maketrans({"æ": "{", "ä": "{", "ø": "|", "ö": "|", "å": "}", "ü": "y", "ð": "d", "þ": "t"})


def clean(text: str) -> str:
    """``text`` as it is stored: NFC, line feeds only, no control or invisible characters, no outer space."""
    text = unicodedata.normalize("NFC", text)
    return _CONTROL.sub("", _LINE_ENDS.sub("\n", text)).strip().strip("\u00a0\u202f\u2007").strip()


def clean_line(text: str) -> str:
    """``text`` on one line: as ``clean``, with every run of blanks and line ends as one space."""
    return _SPACES.sub(" ", clean(text).replace("\n", " ")).strip()


def fold(text: str) -> str:
    """``text`` as it is searched: lower case, æ→ae, ø→oe, å→aa, é→e, so "ærø" finds "Ærø" and "Aeroe"."""
    text = text.lower()
    if _UNFOLDED.search(text) is None:
        return text
    text = unicodedata.normalize("NFC", text).translate(_FOLDED)
    if _UNFOLDED.search(text) is None:
        return text
    return _COMBINING.sub("", unicodedata.normalize("NFKD", text))


def words(text: str) -> list[str]:
    """The folded words of ``text``: runs of letters a–z and digits (other scripts: their letters)."""
    folded = fold(text)
    if _UNFOLDED.search(folded) is None:
        return [word for word in _NOT_A_WORD.split(folded) if word]
    return re.findall(r"\w+", folded)


def sort_key(text: str) -> str:
    """A key whose plain order is the Danish order: case and accents ignored, aa as å, æ ø å after z.

    Capitals are not told apart; equal keys keep the order of the record's id.
    """
    text = unicodedata.normalize("NFC", text).lower().replace("aa", "å").translate(_SORTED)
    if _UNFOLDED.search(text) is not None:
        text = _COMBINING.sub("", unicodedata.normalize("NFKD", text))
    return _SPACES.sub(" ", text.replace("\n", " ")).strip()
