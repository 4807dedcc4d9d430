"""The program's own words: English message ids, Danish from ``resources/locale``.

The language is a context variable, so that an export can speak English (``with speaking("en")``) while the
window goes on in Danish, also when the export runs on another thread.
"""

from __future__ import annotations

import gettext
import io
import locale
import os
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from functools import cache

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
    # Asked for its raw name: getlocale() turns the bare C.UTF-8 into en_US.
    return _language_of_locale(locale.setlocale(locale.LC_CTYPE))


def _language_of_locale(name: str) -> str:
    return "en" if name.lower().startswith(("en_", "en-", "en.", "english")) or name.lower() == "en" else "da"


def _known(language: str) -> str:
    if language not in LANGUAGES:
        raise ValueError(f"no such language: {language!r}")
    return language


@cache
def _translations(language: str) -> gettext.NullTranslations:
    if language == "en":
        return gettext.NullTranslations()
    catalogue = resources.read_bytes(f"locale/{language}/LC_MESSAGES/coi_desktop.mo")
    return gettext.GNUTranslations(io.BytesIO(catalogue))


def _(message: str) -> str:
    """``message`` (English) in the language of this context."""
    return _translations(_language.get()).gettext(message)


def ngettext(singular: str, plural: str, number: int) -> str:
    """The form of a sentence that goes with ``number`` of something."""
    return _translations(_language.get()).ngettext(singular, plural, number)


def N_(message: str) -> str:  # noqa: N802 - the customary name of gettext's mark
    """Mark ``message`` for translation where it is looked up later."""
    return message
