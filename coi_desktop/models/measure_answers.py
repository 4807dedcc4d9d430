"""Measurements summed up from what single persons answered; the answers, keys and rows themselves are let go.

Two rounds may stand in two columns of a row, in rows that say which round they are of, or in two tables. With
a key, or a row for a person, the differences within persons are summed up too. A group of fewer than five is
left out altogether, and so are pairs of fewer than five.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import cached_property
from typing import NamedTuple

from coi_desktop.i18n import _, ngettext
from coi_desktop.models.answer_figures import (
    PairFigures,
    figures_of_numbers,
    figures_of_yes,
    format_distribution,
    pairs_of_numbers,
    pairs_of_yes,
)
from coi_desktop.models.answer_sets import BLANK, AnswerRead, labels_of, read_answer
from coi_desktop.models.column_values import Fault, is_dash, shown_text
from coi_desktop.models.folding import clean_line, fold
from coi_desktop.models.import_report import ImportProblem, Level
from coi_desktop.models.measure_candidates import Candidate, IsErased, measured_name, refused, told
from coi_desktop.models.measure_columns import read_day
from coi_desktop.models.measure_mapping import AFTER, BEFORE, MeasureMapping, is_coded, part_of
from coi_desktop.models.measure_values import decide_form
from coi_desktop.models.measure_words import MeasureWords
from coi_desktop.models.privacy import find_personal_details
from coi_desktop.models.records import Record, Value
from coi_desktop.models.suppression import is_too_few
from coi_desktop.models.table_mapping import ColumnMapping
from coi_desktop.models.tables import Table, TableRow

_MOST_GROUPS = 40
_MOST_ROWS_TOLD = 5
_LONGEST_GROUP = 60
_EVERYBODY = ""


class _Given(NamedTuple):
    """One person's answer to one question in one round. Never leaves this module."""

    person: str
    group: str
    answer: AnswerRead


@dataclass(frozen=True)
class AnswersReader:
    """Sums up the answers of one table, or of two with a round each; ``source`` is noted as their source."""

    tables: Mapping[str, Table]
    mapping: MeasureMapping
    indicators: Mapping[str, Record]
    known: MeasureWords
    is_erased: IsErased
    source: str

    def candidates(self) -> Iterator[Candidate]:
        """A candidate for each indicator, round and group, everybody first.

        Raises Problem ``no_answers``, ``no_day``, ``rounds_unknown`` and ``too_many_groups``.
        """
        columns = [one for one in self.mapping.table.columns if part_of(one.field)[1]]
        if not columns:
            raise refused(
                _("No column is read as answers about an indicator."),
                _("Choose for each question which indicator it answers."),
                "no_answers",
            )
        days = self._days()
        for indicator_id in dict.fromkeys(part_of(one.field)[1] for one in columns):
            yield from self._of_indicator(self.indicators[indicator_id], days)

    # -------------------------------------------------------------------------------- rounds, days and groups

    @cached_property
    def _in_columns(self) -> bool:
        """Whether both rounds stand in columns beside each other."""
        return any(part_of(one.field)[0] in (BEFORE, AFTER) for one in self.mapping.table.columns)

    def _column(self, name: str) -> ColumnMapping | None:
        return self.mapping.table.column_of(name)

    @cached_property
    def _rows(self) -> list[tuple[str, TableRow]]:
        """Every row with the round it is of; rows of no round are left out."""
        if len(self.tables) > 1:
            return [(part, row) for part, table in self.tables.items() for row in table.rows]
        table = self.tables[AFTER]
        column = self._column("round")
        if column is None or self._in_columns:
            return [(AFTER, row) for row in table.rows]
        rounds = self._rounds_by_label(column, table)
        labelled = [(clean_line(shown_text(row.cells[column.column])), row) for row in table.rows]
        return [(rounds[label], row) for label, row in labelled if label in rounds]

    def _rounds_by_label(self, column: ColumnMapping, table: Table) -> dict[str, str]:
        """The round of each entry: before, after, or the day it names."""
        rounds: dict[str, str] = {}
        for label in labels_of(table.cells(column.column)):
            keys = column.choices.get(label)
            key = next(iter(keys.values()), "") if keys else self.known.answer(label)
            cell = next(
                row.cells[column.column]
                for row in table.rows
                if clean_line(shown_text(row.cells[column.column])) == label
            )
            day = read_day(cell) if key not in (BEFORE, AFTER) else None
            if key not in (BEFORE, AFTER) and day is None:
                raise refused(
                    _("“{label}” in the column of rounds is neither before nor after, nor a date.").format(
                        label=label[:40]
                    ),
                    _("Say which round it is, or choose that the column is not read."),
                    "rounds_unknown",
                )
            rounds[label] = key if day is None else day.isoformat()
        return rounds

    @cached_property
    def _rounds(self) -> list[str]:
        """The rounds, the earlier first."""
        if self._in_columns:
            return [BEFORE, AFTER]
        found = dict.fromkeys(part for part, _row in self._rows)
        return sorted(found, key=lambda part: (part == AFTER, part != BEFORE, part))

    def _days(self) -> dict[str, date]:
        """The day of each round: its own, the one given, or the last on which somebody answered."""
        days: dict[str, date] = {}
        column = self._column("date")
        for part in self._rounds:
            if part not in (BEFORE, AFTER):
                days[part] = date.fromisoformat(part)
                continue
            given = self.mapping.before_day if part == BEFORE else self.mapping.day
            told_by_rows = [
                day
                for of_round, row in self._rows
                if column is not None and of_round == part
                if (day := read_day(row.cells[column.column])) is not None
            ]
            found = given or max(told_by_rows, default=None)
            if found is None:
                words = {BEFORE: _("the first round"), AFTER: _("the answers")}
                raise refused(
                    _("Nothing tells the date of {round}.").format(round=words[part]),
                    _("Write the date, or choose the column with dates."),
                    "no_day",
                )
            days[part] = found
        return days

    @cached_property
    def _groups(self) -> list[str]:
        """The groups of the chosen column, in the order of the alphabet; none without such a column."""
        column = self._column("subgroup")
        if column is None:
            return []
        found = sorted({group for _part, row in self._rows if (group := self._group(row, column))})
        if len(found) > _MOST_GROUPS:
            raise refused(
                _("The column of groups has {count} different entries.").format(count=len(found)),
                _("Choose a column with at most {count} groups, such as districts.").format(
                    count=_MOST_GROUPS
                ),
                "too_many_groups",
            )
        return found

    def _group(self, row: TableRow, column: ColumnMapping | None) -> str:
        if column is None or row.cells[column.column].is_empty or is_dash(row.cells[column.column]):
            return ""
        return clean_line(shown_text(row.cells[column.column]))[:_LONGEST_GROUP]

    # ---------------------------------------------------------------------------------------------- answers

    def _of_indicator(self, indicator: Record, days: Mapping[str, date]) -> Iterator[Candidate]:
        given: dict[str, list[_Given]] = {}
        problems: dict[str, tuple[ImportProblem, ...]] = {}
        for part in self._rounds:
            column = self._answers_column(indicator.id, part)
            if column is not None:
                given[part], problems[part] = self._read(indicator, part, column)
        last = self._rounds[-1]
        for group in (_EVERYBODY, *self._groups):
            pairs = self._pairs(indicator, given, group)
            for part, answers in given.items():
                mine = [one.answer for one in answers if group in (_EVERYBODY, one.group)]
                values = self._values(indicator, mine, days[part], group)
                if part == last and pairs is not None and not is_too_few(pairs.n):
                    values |= _stored(pairs)
                faults = (*problems[part], *self._faults_of_group(indicator, group, mine))
                yield Candidate(indicator.id, values, 0, faults)

    def _answers_column(self, indicator_id: str, part: str) -> ColumnMapping | None:
        own = self._column(f"{part}:{indicator_id}") if self._in_columns else None
        return own or self._column(f"answer:{indicator_id}")

    def _read(
        self, indicator: Record, part: str, column: ColumnMapping
    ) -> tuple[list[_Given], tuple[ImportProblem, ...]]:
        choices = {text: next(iter(keys.values()), "") for text, keys in column.choices.items()}
        rows = [row for of_round, row in self._rows if self._in_columns or of_round == part]
        form = column.number_form or decide_form(indicator, [row.cells[column.column] for row in rows])
        key, group = self._column("key"), self._column("subgroup")
        given: list[_Given] = []
        unread: list[tuple[int, str]] = []
        for row in rows:
            cell = row.cells[column.column]
            if BLANK in choices and not self._has_answered(row):
                continue
            answer = read_answer(cell, indicator, choices, self.known, form)
            if answer.is_unread:
                unread.append((row.row_number, clean_line(shown_text(cell))))
            elif answer.value is not None:
                person = self._person(row, key)
                given.append(_Given(person, self._group(row, group), answer))
        return given, self._told_unread(indicator, column, unread)

    def _has_answered(self, row: TableRow) -> bool:
        """Whether a person answered anything: only then is a box that is not ticked an answer."""
        asked = [one.column for one in self.mapping.table.columns if part_of(one.field)[1]]
        return any(not row.cells[column].is_empty for column in asked)

    def _person(self, row: TableRow, key: ColumnMapping | None) -> str:
        """What tells a person in both rounds: the row, or the key; nothing where there is none."""
        if self._in_columns:
            return str(row.row_number)
        if key is None or row.cells[key.column].is_empty:
            return ""
        return fold(clean_line(shown_text(row.cells[key.column])))

    def _told_unread(
        self, indicator: Record, column: ColumnMapping, unread: Sequence[tuple[int, str]]
    ) -> tuple[ImportProblem, ...]:
        """What is said of answers that could not be read; their texts only where several gave the same."""
        if not unread:
            return ()
        table = self.tables[AFTER]
        rows = ", ".join(str(number) for number, _label in unread[:_MOST_ROWS_TOLD])
        more = " …" if len(unread) > _MOST_ROWS_TOLD else ""
        again = [label for label, count in Counter(label for _number, label in unread).items() if count > 1]
        words = ngettext(
            "{count} answer is not known (row {rows})",
            "{count} answers are not known (row {rows})",
            len(unread),
        ).format(count=len(unread), rows=rows + more)
        if again:
            words += ": " + ", ".join(f"“{label[:40]}”" for label in again[:3])
        if is_coded(indicator):
            fault = Fault(words, _("Say what the answers stand for, or correct them in the table."))
        else:
            fault = Fault(words, _("They are not counted."), Level.NOTE)
        return (told(table, 0, column.column, fault),)

    def _pairs(
        self, indicator: Record, given: Mapping[str, Sequence[_Given]], group: str
    ) -> PairFigures | None:
        """The differences within persons between two rounds; None without two rounds."""
        if len(self._rounds) != 2 or any(part not in given for part in self._rounds):
            return None
        first, second = (_by_person(given[part]) for part in self._rounds)
        both = [
            (first[person].answer.value, one.answer.value)
            for person, one in second.items()
            if person in first and group in (_EVERYBODY, one.group)
        ]
        known = [(before, after) for before, after in both if before is not None and after is not None]
        if indicator.text("measure") == "percent":
            return pairs_of_yes([(before == 1, after == 1) for before, after in known])
        return pairs_of_numbers(known)

    def _values(
        self, indicator: Record, answers: Sequence[AnswerRead], day: date, group: str
    ) -> dict[str, Value]:
        """What is kept of a group's answers; only whose they are for too few of them."""
        values: dict[str, Value] = {"date": day, "series": self.mapping.series, "source": self.source}
        if group:
            values["subgroup"] = group
        if is_too_few(len(answers)):
            return values
        numbers = [answer.value for answer in answers if answer.value is not None]
        if indicator.text("measure") == "percent":
            figures = figures_of_yes([number == 1 for number in numbers])
        else:
            figures = figures_of_numbers(numbers)
        assert figures is not None
        values |= {"n": figures.n, "value": figures.value}
        if figures.sd is not None:
            values["sd"] = figures.sd
        if is_coded(indicator):
            values["distribution"] = format_distribution(_counted(answers)) or None
        return values

    def _faults_of_group(
        self, indicator: Record, group: str, answers: Sequence[AnswerRead]
    ) -> Iterator[ImportProblem]:
        name = measured_name(indicator)
        if indicator.text("measure") == "yes_no":
            yield self._wrong(
                name,
                _("the form Yes-no holds one answer, and many answers give a share"),
                _("Choose the form Percent for the indicator in step 8, and import the answers again."),
            )
        if is_too_few(len(answers)):
            yield self._wrong(
                name,
                _("too few answers in a group") if group else _("too few answers"),
                _("Fewer than five answers are not kept. Note them as a finding, without names."),
            )
        if group and (find_personal_details(group, is_cell=True) or self.is_erased(group)):
            yield self._wrong(name, _("a group names a person"), _("Name the group by its place or kind."))

    def _wrong(self, name: str, reason: str, remedy: str) -> ImportProblem:
        return ImportProblem(reason, remedy, self.tables[AFTER].sheet, column=name)


def _by_person(given: Sequence[_Given]) -> dict[str, _Given]:
    """The answer of each person; who has no key, or one that stands twice, cannot be paired."""
    counted = Counter(one.person for one in given)
    return {one.person: one for one in given if one.person and counted[one.person] == 1}


def _stored(pairs: PairFigures) -> dict[str, Value]:
    values = {
        "paired_n": pairs.n,
        "paired_sd": pairs.sd,
        "paired_gained": pairs.gained,
        "paired_lost": pairs.lost,
    }
    return {name: value for name, value in values.items() if value is not None}


def _counted(answers: Sequence[AnswerRead]) -> dict[str, int]:
    """How many gave each answer as it was written, from the highest to the lowest value."""
    labels: dict[Decimal, Counter[str]] = {}
    for answer in answers:
        assert answer.value is not None
        labels.setdefault(answer.value, Counter())[answer.label] += 1
    counted: dict[str, int] = {}
    for value in sorted(labels, reverse=True):
        for label, count in labels[value].most_common():
            counted[label or _("Not ticked")] = count
    return counted
