"""The program's own words: English message ids, Danish from ``resources/locale``.

The language is a context variable, so that an export can speak English (``with speaking("en")``) while the
window goes on in Danish, also when the export runs on another thread.
"""

from __future__ import annotations

import os
from bisect import bisect_left
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from functools import cache
from struct import Struct

from coi_desktop import resources

LANGUAGES = ("da", "en")
DEFAULT_LANGUAGE = "da"

_language: ContextVar[str] = ContextVar("language", default=DEFAULT_LANGUAGE)


def current_language() -> str:
    """The language spoken in this context: ``"da"`` or ``"en"``."""
    return _language.get()


def use_language(language: str) -> None:
    """Speak ``language`` from here on in this context (the start of the program, a thread, a test)."""
    _language.set(_known(language))


@contextmanager
def speaking(language: str) -> Iterator[None]:
    """Speak ``language`` inside the block, for a file that is written in the other language."""
    before = _language.get()
    _language.set(_known(language))
    try:
        yield
    finally:
        _language.set(before)


def system_language(environment: Mapping[str, str] | None = None) -> str:
    """English when the system's messages are English, else Danish.

    A bare ``C`` or ``POSIX`` locale says nothing about the reader and gives Danish.
    """
    environment = os.environ if environment is None else environment
    for name in ("LC_ALL", "LC_MESSAGES", "LANG"):
        value = environment.get(name, "")
        if value:
            return _language_of_locale(value)
    import locale  # where the environment says nothing, as on Windows

    # Asked for its raw name: getlocale() turns the bare C.UTF-8 into en_US.
    return _language_of_locale(locale.setlocale(locale.LC_CTYPE))


def _language_of_locale(name: str) -> str:
    return "en" if name.lower().startswith(("en_", "en-", "en.", "english")) or name.lower() == "en" else "da"


def _known(language: str) -> str:
    if language not in LANGUAGES:
        raise ValueError(f"no such language: {language!r}")
    return language


class Catalogue:
    """The messages of one compiled catalogue (.mo), each looked up when it is first said.

    A first window says a tenth of them: gettext's own reader would take all of them apart before it. The
    format is gettext's (GNU gettext manual, "The Format of GNU MO Files"): messages in the order of their
    bytes, the forms of a plural separated by zeros. Our languages have two forms: for one, and for others.
    """

    def __init__(self, content: bytes) -> None:
        magic, _revision, self._count, self._messages, self._translations = _HEADER.unpack_from(content)
        if magic != _MAGIC:
            raise ValueError("not a compiled catalogue")
        self._content = content
        self._known: dict[str, tuple[str, ...]] = {}

    def find(self, message: str) -> tuple[str, ...]:
        """The forms of a message, usually one; the message itself when it is not translated."""
        known = self._known.get(message)
        if known is None:
            known = self._known[message] = self._look_up(message) or (message,)
        return known

    def _look_up(self, message: str) -> tuple[str, ...] | None:
        wanted = message.encode()
        place = bisect_left(range(self._count), wanted, key=self._message)
        if place == self._count or self._message(place) != wanted:
            return None
        return tuple(self._text(self._translations, place).decode().split("\0"))

    def _message(self, place: int) -> bytes:
        """A message without its plural."""
        return self._text(self._messages, place).partition(b"\0")[0]

    def _text(self, table: int, place: int) -> bytes:
        length, start = _PLACE.unpack_from(self._content, table + place * _PLACE.size)
        return self._content[start : start + length]


_MAGIC = 0x950412DE
_HEADER, _PLACE = Struct("<5I"), Struct("<2I")


@cache
def _catalogue(language: str) -> Catalogue:
    return Catalogue(resources.read_bytes(f"locale/{language}/LC_MESSAGES/coi_desktop.mo"))


def _(message: str) -> str:
    """``message`` (English) in the language of this context."""
    language = _language.get()
    return message if language == "en" else _catalogue(language).find(message)[0]


def ngettext(singular: str, plural: str, number: int) -> str:
    """The form of a sentence that goes with ``number`` of something."""
    language = _language.get()
    forms = () if language == "en" else _catalogue(language).find(singular)
    if len(forms) < 2:
        forms = (singular, plural)
    return forms[number != 1]


def N_(message: str) -> str:  # noqa: N802 - the customary name of gettext's mark
    """Mark ``message`` for translation where it is looked up later."""
    return message
