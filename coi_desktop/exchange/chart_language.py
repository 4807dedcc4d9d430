"""The language that the words of a native chart are marked with, for spelling and for reading aloud.

XlsxWriter marks them all as American English and has no option for it; what it writes passes through two of
its private names, which are wrapped here. Its version is pinned, and a test reads the marks back.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from xlsxwriter.chart import Chart

_MARKS = {"da": "da-DK", "en": "en-GB"}
_OF_THE_WRITER = "en-US"
_NAMES = ("lang", "val")

Attributes = Sequence[tuple[str, object]]


def mark_language(chart: Chart, language: str) -> None:
    """Let every word of ``chart``, and of a chart combined with it, be marked as ``language``."""
    for one in (chart, chart.combined):
        if one is not None:
            for name in ("_xml_start_tag", "_xml_empty_tag"):
                setattr(one, name, partial(_write_marked, getattr(one, name), _MARKS[language]))


def _write_marked(
    write: Callable[[str, Attributes], None], mark: str, tag: str, attributes: Attributes = ()
) -> None:
    write(
        tag,
        [(name, mark if value == _OF_THE_WRITER and name in _NAMES else value) for name, value in attributes],
    )
