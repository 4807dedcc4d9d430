"""JSON from strangers: one object, no surprises. Nothing in it is ever followed or loaded from elsewhere."""

from __future__ import annotations

import json
import math
import re
import unicodedata
from typing import Any

from coi_desktop.exchange.pack_faults import in_file
from coi_desktop.i18n import _
from coi_desktop.models.folding import is_plain

DEEPEST = 32
LONGEST_TEXT = 32_767
_LARGEST_WHOLE = 2**53
_LONGEST_WHOLE = 17
_FORBIDDEN = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ufffe\uffff\ud800-\udfff]")


def is_safe_text(text: str) -> bool:
    """Whether ``text`` is NFC and holds no control character but line break and tab."""
    return is_plain(text, b"\t\n\r") or (
        _FORBIDDEN.search(text) is None and unicodedata.is_normalized("NFC", text)
    )


def parse_object(raw: bytes, path: str) -> dict[str, Any]:
    """The object in ``raw`` (UTF-8 without a byte order mark). ``path`` names the file in what is refused.

    Raises PackFaultError for what is no JSON object, for a key that stands twice, more than 32 levels, texts
    over 32,767 characters or with control characters, and numbers that are infinite or 2^53 and beyond.
    """
    try:
        text = raw.decode("utf-8")
        value = json.loads(
            text,
            object_pairs_hook=_unique,
            parse_int=_whole,
            parse_float=_finite,
            parse_constant=_constant,
        )
    except RecursionError as error:
        raise in_file(path, _("it is nested too deeply")) from error
    except ValueError as error:
        reason = str(error) if isinstance(error, _RefusedError) else _("it cannot be read as JSON in UTF-8")
        raise in_file(path, reason) from error
    if not isinstance(value, dict):
        raise in_file(path, _("it is not one JSON object"))
    _check(value, path)
    return value


class _RefusedError(ValueError):
    """JSON that could be read but is refused; the text is a reason in the user's language."""


def _unique(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) < len(pairs):
        raise _RefusedError(_("a key stands twice"))
    return found


def _whole(digits: str) -> int:
    if len(digits) > _LONGEST_WHOLE or abs(int(digits)) >= _LARGEST_WHOLE:
        raise _RefusedError(_("a number is too large"))
    return int(digits)


def _finite(digits: str) -> float:
    number = float(digits)
    if not math.isfinite(number):
        raise _RefusedError(_("a number is too large"))
    return number


def _constant(word: str) -> float:
    raise _RefusedError(_("“{word}” is not a number").format(word=word))


def _check(value: dict[str, Any], path: str) -> None:
    level: list[Any] = [value]
    for _depth in range(DEEPEST):
        level = [inner for outer in level for inner in _inside(outer, path)]
        if not level:
            return
    raise in_file(path, _("it is nested too deeply"))


def _inside(value: Any, path: str) -> list[Any]:
    """The objects and lists right inside ``value``, after a look at every text there."""
    children = [*value.keys(), *value.values()] if isinstance(value, dict) else value
    for child in children:
        if isinstance(child, str) and (len(child) > LONGEST_TEXT or not is_safe_text(child)):
            raise in_file(path, _("a text in it is too long or holds characters that are not allowed"))
    return [child for child in children if isinstance(child, (dict, list))]
