"""Read the questions of a guide's step, each checked against the record types that store its answer."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from coi_desktop.models.extra_questions import EXTRA, extra_field, extra_place
from coi_desktop.models.fields import FieldSpec, Kind, RecordType
from coi_desktop.models.guide import (
    CHOOSING,
    EXTRA_TABLE,
    NEVER,
    TABLES,
    Column,
    Place,
    Question,
    QuestionKind,
    Step,
)
from coi_desktop.models.guide_table import GuideTable
from coi_desktop.models.vocabulary import Vocabulary

#: Which kinds of field can store which kind of question.
STORES: Mapping[QuestionKind, tuple[Kind, ...]] = {
    QuestionKind.TEXT: (Kind.TEXT, Kind.LONG),
    QuestionKind.LONG_TEXT: (Kind.LONG, Kind.TEXT),
    QuestionKind.YES_NO: (Kind.YES_NO,),
    QuestionKind.TICK: (Kind.YES_NO,),
    QuestionKind.CHOICE: (Kind.CHOICE,),
    QuestionKind.CHOICES: (Kind.CHOICES,),
    QuestionKind.RANK: (Kind.RANK, Kind.CHOICE),
    QuestionKind.SCALE: (Kind.CHOICE, Kind.INTEGER),
    QuestionKind.NUMBER: (Kind.NUMBER,),
    QuestionKind.MONEY: (Kind.MONEY,),
    QuestionKind.INTEGER: (Kind.INTEGER,),
    QuestionKind.DATE: (Kind.DATE,),
    QuestionKind.DATE_RANGE: (Kind.DATE,),
    QuestionKind.REFERENCE: (Kind.REFERENCE,),
    QuestionKind.REFERENCES: (Kind.REFERENCE,),
}

#: How a column is asked when it does not say.
_COLUMN_KINDS: Mapping[Kind, QuestionKind] = {
    Kind.TEXT: QuestionKind.TEXT,
    Kind.LONG: QuestionKind.LONG_TEXT,
    Kind.INTEGER: QuestionKind.INTEGER,
    Kind.NUMBER: QuestionKind.NUMBER,
    Kind.MONEY: QuestionKind.MONEY,
    Kind.DATE: QuestionKind.DATE,
    Kind.YES_NO: QuestionKind.YES_NO,
    Kind.CHOICE: QuestionKind.CHOICE,
    Kind.CHOICES: QuestionKind.CHOICES,
    Kind.RANK: QuestionKind.RANK,
    Kind.REFERENCE: QuestionKind.REFERENCE,
}

_KINDS = tuple(
    kind.value for kind in QuestionKind if kind not in (QuestionKind.REFERENCE, QuestionKind.REFERENCES)
)
_COLUMN_KIND_NAMES = tuple(
    kind.value for kind in QuestionKind if kind not in TABLES | {QuestionKind.DATE_RANGE}
)
_CHOSEN = frozenset({QuestionKind.CHOICE, QuestionKind.CHOICES, QuestionKind.RANK, QuestionKind.SCALE})


class QuestionReader:
    """Reads the questions of one step. ``before`` are the steps above it; columns may refer to their rows."""

    def __init__(
        self,
        step_id: str,
        depths: Sequence[str],
        owner: str,
        before: Sequence[Step],
        record_types: Mapping[str, RecordType],
        vocabulary: Vocabulary,
    ) -> None:
        self._step_id = step_id
        self._depths = depths
        self._owner = owner
        self._before = [question for step in before for question in step.questions]
        self._record_types = record_types
        self._vocabulary = vocabulary

    def read(self, table: GuideTable, above: Sequence[Question]) -> Question:
        """The question written in ``table``; ``above`` are the questions of the same step before it."""
        question_id = f"{self._step_id}.{table.text('id')}"
        kind = QuestionKind(table.one_of("kind", _KINDS))
        if kind in TABLES:
            question = self._table_question(question_id, kind, table, [*self._before, *above])
        else:
            question = self._plain_question(question_id, kind, table)
        table.close()
        return question

    # ------------------------------------------------------------------------------------------ plain ones

    def _plain_question(self, question_id: str, kind: QuestionKind, table: GuideTable) -> Question:
        if table.text("store") == EXTRA:
            return self._extra_question(question_id, kind, table)
        order = self._extra_place(table, "order", Kind.INTEGER)
        place = self._place(table, "store", STORES[kind], is_row=order is not None)
        spec = self._spec(place)
        if kind is QuestionKind.RANK and (spec.kind is Kind.CHOICE) != (order is not None):
            table.fail(
                "a ranking in a table of rows needs its order, one in a single field has none", at="order"
            )
        if order is not None and (kind is not QuestionKind.RANK or order.table != place.table):
            table.fail("only a ranking has an order, in the table of its rows", at="order")
        return Question(
            id=question_id,
            step_id=self._step_id,
            place=place,
            own=self._beside(table, "own", kind, QuestionKind.CHOICES, Kind.TEXT),
            none_yet=self._beside(table, "none_yet", kind, QuestionKind.DATE, Kind.YES_NO),
            until=self._until(table, kind),
            order=order,
            at_most=table.whole("at_most", 0) if kind in (QuestionKind.CHOICES, QuestionKind.RANK) else 0,
            auto=self._auto(table),
            formerly=table.texts_or_none("formerly"),
            **self._asked(table, kind, spec),
        )

    def _extra_question(self, question_id: str, kind: QuestionKind, table: GuideTable) -> Question:
        """One without a field of its own: its answer is a record named by the question."""
        if EXTRA_TABLE not in self._record_types:
            table.fail(f"there is no record type {EXTRA_TABLE!r}", at="store")
        return Question(
            id=question_id,
            step_id=self._step_id,
            place=extra_place(question_id),
            at_most=table.whole("at_most", 0) if kind is QuestionKind.CHOICES else 0,
            formerly=table.texts_or_none("formerly"),
            **self._asked(table, kind, extra_field(question_id, kind, table)),
        )

    def _until(self, table: GuideTable, kind: QuestionKind) -> Place | None:
        if kind is not QuestionKind.DATE_RANGE:
            return None
        return self._place(table, "until", (Kind.DATE,))

    def _beside(
        self, table: GuideTable, key: str, kind: QuestionKind, wanted: QuestionKind, stored: Kind
    ) -> Place | None:
        if table.has(key) and kind is not wanted:
            table.fail(f"only a question of kind {wanted.value} has this", at=key)
        return self._extra_place(table, key, stored, is_row=False)

    def _extra_place(self, table: GuideTable, key: str, stored: Kind, is_row: bool = True) -> Place | None:
        return self._place(table, key, (stored,), is_row=is_row) if table.has(key) else None

    def _auto(self, table: GuideTable) -> str:
        return table.one_of("auto", self._depths, NEVER)

    def _asked(self, table: GuideTable, kind: QuestionKind, spec: FieldSpec) -> dict[str, Any]:
        """What questions and columns have in common, as keyword arguments."""
        values = ""
        if kind in _CHOSEN and spec.kind is not Kind.INTEGER:
            values = spec.values
            if not self._vocabulary.has_list(values):
                table.fail(f"there is no value list {values!r}")
        is_choosing = kind in CHOOSING and bool(values)
        if table.has("unknown") and not is_choosing:
            table.fail("only a choice may be 'not known yet'", at="unknown")
        if table.has("min_length") and kind not in (QuestionKind.TEXT, QuestionKind.LONG_TEXT):
            table.fail("only a text has a least length", at="min_length")
        lowest, highest = self._bounds(table, kind, spec)
        return {
            "kind": kind,
            "values": values,
            "unit_da": spec.unit_da,
            "unit_en": spec.unit_en,
            "limit": spec.limit if kind in (QuestionKind.TEXT, QuestionKind.LONG_TEXT) else 0,
            "min_length": table.whole("min_length", 0),
            "lowest": lowest,
            "highest": highest,
            "names": self._names(table, lowest, highest),
            "required": table.one_of("required", self._depths, NEVER),
            "unknown": table.flag("unknown", True) if is_choosing else False,
            "when": table.condition("when"),
            "unless": table.condition("unless"),
        }

    def _bounds(
        self, table: GuideTable, kind: QuestionKind, spec: FieldSpec
    ) -> tuple[int | None, int | None]:
        if kind is not QuestionKind.SCALE or spec.kind is not Kind.INTEGER:
            return None, None
        lowest, highest = table.whole("lowest"), table.whole("highest")
        if lowest >= highest:
            table.fail("a scale goes from a lower to a higher number", at="highest")
        return lowest, highest

    def _names(self, table: GuideTable, lowest: int | None, highest: int | None) -> str:
        """The value list that names the numbers of a scale, all of them."""
        if not table.has("names"):
            return ""
        names = table.text("names")
        if lowest is None or highest is None:
            table.fail("only a scale of whole numbers has names", at="names")
        numbers = map(str, range(lowest, highest + 1))
        if not self._vocabulary.has_list(names) or not all(
            self._vocabulary.has(names, one) for one in numbers
        ):
            table.fail(f"the value list {names!r} does not name every number", at="names")
        return names

    # -------------------------------------------------------------------------------------------- tables

    def _table_question(
        self, question_id: str, kind: QuestionKind, table: GuideTable, above: Sequence[Question]
    ) -> Question:
        record_type = self._record_type(table, "table", table.text("table"))
        if self._is_single(record_type):
            table.fail(f"{record_type.name} holds one record, no rows", at="table")
        by, lines_from = self._lines(table, kind, record_type, above)
        columns: list[Column] = []
        for column_table in table.tables("columns", "column"):
            column = self._column(question_id, column_table, record_type, above)
            if column.id == by or any(column.id == other.id for other in columns):
                column_table.fail(f"the column {column.id!r} stands twice")
            columns.append(column)
        if not columns:
            table.fail("a table has at least one column", at="columns")
        required = table.one_of("required", self._depths, NEVER)
        rows = table.by_depth("min_rows", self._depths, required)
        if required != NEVER and not rows and kind is QuestionKind.ROWS:
            table.fail("a required table says how many rows it needs", at="min_rows")
        return Question(
            id=question_id,
            step_id=self._step_id,
            kind=kind,
            values=record_type.by_name[by].values if by else "",
            table=record_type.name,
            columns=tuple(columns),
            required=required,
            when=table.condition("when"),
            unless=table.condition("unless"),
            auto=self._auto(table),
            min_rows={depth: int(number) for depth, number in rows.items()},
            counts=table.condition("counts"),
            by=by,
            line_keys=self._line_keys(table, record_type, by),
            lines_from=lines_from,
            lines_where=table.condition("lines_where") if lines_from else None,
            all_lines=table.one_of("all_lines", self._depths, NEVER) if by else NEVER,
            formerly=table.texts_or_none("formerly"),
        )

    def _lines(
        self, table: GuideTable, kind: QuestionKind, record_type: RecordType, above: Sequence[Question]
    ) -> tuple[str, str]:
        if kind is not QuestionKind.GRID:
            return "", ""
        by, lines_from = table.text("by"), table.text("lines_from", "")
        spec = record_type.by_name.get(by)
        if spec is None or spec.kind not in (Kind.CHOICE, Kind.REFERENCE):
            table.fail(
                "a grid has a line for every key of a list, or for every row of another table", at="by"
            )
        source = next((question for question in above if question.id == lines_from), None)
        if lines_from and (source is None or source.kind not in TABLES):
            table.fail(f"{lines_from!r} is no table above", at="lines_from")
        if spec.kind is Kind.REFERENCE and (source is None or source.table != spec.target):
            table.fail(f"the lines must come from a table of {spec.target} above", at="lines_from")
        if spec.kind is Kind.CHOICE:
            if not self._vocabulary.has_list(spec.values):
                table.fail(f"there is no value list {spec.values!r}", at="by")
            if source is not None and source.by != by:
                table.fail(f"{lines_from} has no lines by {by}", at="lines_from")
        return by, lines_from

    def _line_keys(self, table: GuideTable, record_type: RecordType, by: str) -> tuple[str, ...]:
        """The keys that name a grid's lines: those chosen with ``lines``, else the whole list."""
        values = record_type.by_name[by].values if by else ""
        if not values:
            return ()
        keys = self._vocabulary.known_keys(values)
        chosen = table.texts("lines") if table.has("lines") else keys
        for key in chosen:
            if key not in keys:
                table.fail(f"{key!r} is no key of {values}", at="lines")
        return tuple(chosen)

    def _column(
        self, question_id: str, table: GuideTable, record_type: RecordType, above: Sequence[Question]
    ) -> Column:
        link: Place | None = None
        parent = ""
        if table.has("link"):
            column_id = table.text("id")
            link, spec = self._link(table, record_type)
            parent = self._record_types[link.table].parent
            kind = QuestionKind.REFERENCES
        else:
            column_id = table.text("field")
            found = record_type.by_name.get(column_id)
            if found is None:
                table.fail(f"{record_type.name} has no field {column_id!r}", at="field")
            spec = found
            if spec.kind not in _COLUMN_KINDS:
                table.fail(f"a field of kind {spec.kind.value} is set by the program", at="field")
            kind = QuestionKind(table.one_of("kind", _COLUMN_KIND_NAMES, _COLUMN_KINDS[spec.kind].value))
            if spec.kind not in STORES[kind]:
                table.fail(f"a {spec.kind.value} field cannot store a {kind.value}", at="kind")
        asked = self._asked(table, kind, spec)
        arrows_of = _arrows_of(spec, above)
        column = Column(
            id=column_id,
            shown=table.one_of("shown", self._depths, asked["required"] or self._depths[0]),
            link=link,
            link_parent=parent,
            rows_of="" if arrows_of else self._rows_of(question_id, table, record_type, spec, above),
            arrows_of=arrows_of,
            formerly=table.texts_or_none("formerly"),
            **asked,
        )
        if asked["required"] and self._depths.index(column.shown) > self._depths.index(asked["required"]):
            table.fail("a column is shown from the depth that requires it", at="shown")
        table.close()
        return column

    def _link(self, table: GuideTable, record_type: RecordType) -> tuple[Place, FieldSpec]:
        place = self._split(table, "link")
        linking = self._record_type(table, "link", place.table)
        spec = linking.by_name.get(place.field)
        if linking.parent_type != record_type.name or spec is None or spec.kind is not Kind.REFERENCE:
            table.fail(f"{place} does not link {record_type.name} to other records", at="link")
        return place, spec

    def _rows_of(
        self,
        question_id: str,
        table: GuideTable,
        record_type: RecordType,
        spec: FieldSpec,
        above: Sequence[Question],
    ) -> str:
        """The question whose rows a reference points at: this one for arrows between its own rows."""
        if spec.kind is not Kind.REFERENCE:
            return ""
        if spec.target == record_type.name:
            return question_id
        for question in above:
            if question.table == spec.target and question.kind in TABLES:
                return question.id
        table.fail(f"no table above holds the rows of {spec.target}")

    # -------------------------------------------------------------------------------------------- places

    def _place(self, table: GuideTable, key: str, stored: Sequence[Kind], *, is_row: bool = False) -> Place:
        place = self._split(table, key)
        record_type = self._record_type(table, key, place.table)
        spec = record_type.by_name.get(place.field)
        if spec is None:
            table.fail(f"{place.table} has no field {place.field!r}", at=key)
        if spec.kind not in stored:
            table.fail(f"{place} is a {spec.kind.value} field", at=key)
        if is_row == self._is_single(record_type):
            table.fail(
                f"{place.table} holds {'one record, no rows' if is_row else 'rows, no one record'}", at=key
            )
        return place

    def _split(self, table: GuideTable, key: str) -> Place:
        table_name, dot, field_name = table.text(key).partition(".")
        if not dot or not table_name or not field_name or "." in field_name:
            table.fail("expected table.field", at=key)
        return Place(table_name, field_name)

    def _spec(self, place: Place) -> FieldSpec:
        return self._record_types[place.table].by_name[place.field]

    def _record_type(self, table: GuideTable, key: str, name: str) -> RecordType:
        record_type = self._record_types.get(name)
        if record_type is None:
            table.fail(f"there is no record type {name!r}", at=key)
        if not self._hangs_under_owner(record_type):
            table.fail(f"{name} does not hang under {self._owner}", at=key)
        return record_type

    def _hangs_under_owner(self, record_type: RecordType) -> bool:
        if record_type.name == self._owner:
            return True
        if any(spec.kind is Kind.REFERENCE and spec.target == self._owner for spec in record_type.fields):
            return True
        parent = self._record_types.get(record_type.parent_type)
        return parent is not None and self._hangs_under_owner(parent)

    def _is_single(self, record_type: RecordType) -> bool:
        """Whether the owner has at most one such record (or is it)."""
        return record_type.name == self._owner or (
            record_type.single and record_type.parent_type == self._owner
        )


def _arrows_of(spec: FieldSpec, above: Sequence[Question]) -> str:
    """The question between whose rows the arrows go that a reference points at, if it points at any."""
    if spec.kind is not Kind.REFERENCE:
        return ""
    for question in above:
        if any(column.link is not None and column.link.table == spec.target for column in question.columns):
            return question.id
    return ""
