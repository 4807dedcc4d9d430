"""Counts of very few people in what leaves with a case pack: in the tables of cases and in attached ones."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from coi_desktop.exchange.attached_counts import AttachedCounts
from coi_desktop.models.fields import Kind
from coi_desktop.models.pack import CHILD_TABLES, CaseContent, PackColumn, PackLevel
from coi_desktop.models.pack_cells import format_cell
from coi_desktop.models.privacy import Finding, PlacedFinding
from coi_desktop.models.small_counts import is_small
from coi_desktop.operations.figures import figures_catalogue
from coi_desktop.operations.library import count_words
from coi_desktop.operations.outgoing_texts import place_of

#: How a figure was found is no word of what it counts.
_NO_DESCRIPTION = ("method",)
_NUMBERS = (Kind.NUMBER, Kind.INTEGER)


def counts_of(name: str) -> AttachedCounts:
    """What looks for small counts in the text of an attachment of this name."""
    return AttachedCounts(name, count_words(), figures_catalogue().smallest_count)


def count_finding(place: str) -> PlacedFinding:
    """A small count at a place."""
    return PlacedFinding(place, Finding("count", 0, 0, "medium"))


def find_typed_counts(contents: Iterable[CaseContent], level: PackLevel) -> Iterator[PlacedFinding]:
    """The small counts of people that stand in the tables of cases, as rows that describe them say."""
    words, smallest = count_words(), figures_catalogue().smallest_count
    for content in contents:
        for table in CHILD_TABLES:
            columns = [column for column in table.at(level) if column.field is not None]
            for row in content.rows(table) if columns else ():
                texts = [str(row[one.name]) for one in columns if _describes(one) and row.get(one.name)]
                if not words.counts_people(*texts):
                    continue
                for column in columns:
                    spec = column.field
                    if spec is None or spec.kind not in _NUMBERS or spec.name == "year":
                        continue
                    if is_small(format_cell(row.get(column.name)), smallest):
                        yield count_finding(place_of(content, table, spec.label()))


def _describes(column: PackColumn) -> bool:
    """Whether the text in a column says what the numbers beside it are."""
    spec = column.field
    return spec is not None and spec.kind is Kind.TEXT and spec.name not in _NO_DESCRIPTION
