"""What a user can do with a whole evaluation: start it, load it, note a finding, measure now, remove it."""

from __future__ import annotations

from collections.abc import Generator, Iterator, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from functools import cached_property
from operator import is_

from coi_desktop.errors import Problem
from coi_desktop.i18n import N_, _
from coi_desktop.models.answers import Row, StoredAnswers, answers_from
from coi_desktop.models.change_intervals import ChangeInterval, change_intervals
from coi_desktop.models.changes import ChangeSet, Op
from coi_desktop.models.clock import today
from coi_desktop.models.earlier_answers import EarlierAnswer, earlier_answers
from coi_desktop.models.economy_figures import is_counted
from coi_desktop.models.evaluation_figures import EvaluationFigures, evaluation_figures
from coi_desktop.models.evaluation_records import figures_of
from coi_desktop.models.evidence_words import hand_mark
from coi_desktop.models.extra_questions import extra_values
from coi_desktop.models.fields import RecordType
from coi_desktop.models.guide import EXTRA_TABLE, Guide
from coi_desktop.models.indicators import IndicatorFigures
from coi_desktop.models.query import Query
from coi_desktop.models.record_types.table import RECORD_TYPES, child_types, record_type
from coi_desktop.models.records import Record, Snapshot, Value, Values
from coi_desktop.models.row_names import RowNames
from coi_desktop.models.standing import Remark, remark_text
from coi_desktop.models.vocabulary import Vocabulary
from coi_desktop.models.walkthrough import Walkthrough
from coi_desktop.operations.figures import figures_catalogue
from coi_desktop.operations.library import UNIT_TABLES, guide, words_of
from coi_desktop.store.reader import Reader
from coi_desktop.store.register import Register
from coi_desktop.store.writer import Writer

START = Op("evaluation.start", N_("Start evaluation"))
REMOVE = Op("evaluation.remove", N_("Remove evaluation"))
QUICK_FINDING = Op("evaluation.quick_finding", N_("Note finding"))
MEASURE_NOW = Op("evaluation.measure_now", N_("Measure now"))

#: Where "the initiative as it is now" is taken from: the first of these that says something.
_DESCRIBED_BY = ("solution", "description", "problem")

#: So many records are read, and so many measurements worked out, between two pauses: some milliseconds each.
_AT_A_TIME = 1_500


@dataclass(frozen=True)
class LoadedEvaluation:
    """An evaluation with all that hangs under it, at one revision of the register.

    ``measured`` are the figures of its indicators and ``rows`` the rows of its tables, where they are what
    they were at an earlier one.
    """

    evaluation: Record
    initiative: Record
    snapshot: Snapshot
    measured: tuple[IndicatorFigures, ...] | None = None
    rows: Mapping[str, tuple[Row, ...]] = field(default_factory=dict)

    @property
    def is_long(self) -> bool:
        """Whether there are so many measurements that working on all of them takes a while."""
        return len(self.snapshot.rows("measurement")) >= _AT_A_TIME

    @property
    def guide(self) -> Guide:
        """The guide that the evaluation follows."""
        return guide("evaluation", self.words)

    @cached_property
    def words(self) -> Vocabulary:
        """The value lists as the unit has them."""
        return words_of(self.snapshot)

    @cached_property
    def figures(self) -> EvaluationFigures:
        """All figures of the evaluation."""
        return evaluation_figures(self.snapshot, self.evaluation, figures_catalogue(), measured=self.measured)

    @cached_property
    def changes(self) -> dict[str, ChangeInterval]:
        """How sure the changes of the indicators are, by the indicator's id."""
        return change_intervals(self.snapshot, self.figures.indicators, figures_catalogue().change)

    def knowing(self, figures: EvaluationFigures) -> LoadedEvaluation:
        """The same with figures that were worked out from the same records already."""
        known = LoadedEvaluation(self.evaluation, self.initiative, self.snapshot)
        known.__dict__["figures"] = figures
        return known

    @cached_property
    def answers(self) -> StoredAnswers:
        """The answers as the guide sees them, with the evidence level that follows from them."""
        stored = answers_from(self.snapshot, self.evaluation, RECORD_TYPES.values(), self.rows)
        stored = stored.with_single("evidence", {"level_auto": self.figures.evidence.suggested})
        extra = extra_values(self.guide, self.snapshot.children(EXTRA_TABLE, self.evaluation.id))
        return stored.with_single(EXTRA_TABLE, extra) if extra else stored

    @cached_property
    def earlier_answers(self) -> tuple[EarlierAnswer, ...]:
        """What was answered in an earlier edition of the guide and is not asked any more."""
        return earlier_answers(self.guide, self.snapshot, self.evaluation.id, self.words)

    @cached_property
    def row_names(self) -> RowNames:
        """Names for the rows of its tables."""
        return RowNames(self.guide, self.answers, self.words)

    @cached_property
    def walkthrough(self) -> Walkthrough:
        """The walk-through at the screen where it was left."""
        return Walkthrough.open(self.guide, self.answers, self.evaluation.text("position"))

    def iter_working_out(self) -> Iterator[None]:
        """Have what follows from the records ready, with a pause after each where that takes a while."""
        if self.is_long:
            for name in ("figures", "changes", "answers", "walkthrough"):
                getattr(self, name)
                yield

    def remark_text(self, remark: Remark) -> str:
        """A rule or warning as a sentence in the language spoken now."""
        return remark_text(self.guide, remark, self.words)

    @property
    def suggested_certainty(self) -> str:
        """A first wording of "how sure are we", from the evidence level and its ceiling."""
        evidence = self.figures.evidence
        return _("Level {level} of at most {ceiling}: {name}.").format(
            level=evidence.level,
            ceiling=evidence.ceiling,
            name=self.words.label("evidence.level", str(evidence.level)) + hand_mark(evidence),
        )


def load_evaluation(
    register: Register,
    evaluation_id: str,
    known: LoadedEvaluation | None = None,
    changes: ChangeSet | None = None,
) -> LoadedEvaluation:
    """An evaluation as it stands now; KeyError when there is none.

    Where it is ``known`` as it stood before ``changes``, and nothing else changed, what they do not touch is
    neither read nor worked out again: there may be many measurements.
    """
    loading = iter_loading(register, evaluation_id, known, changes)
    while True:
        try:
            next(loading)
        except StopIteration as end:
            loaded: LoadedEvaluation = end.value
            return loaded


def iter_loading(
    register: Register,
    evaluation_id: str,
    known: LoadedEvaluation | None = None,
    changes: ChangeSet | None = None,
) -> Generator[None, None, LoadedEvaluation]:
    """Load an evaluation as ``load_evaluation`` does, with a pause after some milliseconds where there is
    much of it. In vain when the register changes meanwhile.
    """
    evaluation = register.get("evaluation", evaluation_id)
    initiative = register.get("initiative", evaluation.text("initiative_id"))
    kept = _Kept(known if known is not None and known.evaluation.id == evaluation_id else None, changes)
    records: dict[str, tuple[Record, ...]] = {"initiative": (initiative,), "evaluation": (evaluation,)}
    read = 0
    for kind in types_below("evaluation"):
        found: list[Record] = []
        for owner in records.get(kind.parent_type, ()):
            rows = kept.children(kind, owner.id)
            if rows is None:
                rows = register.children(kind.name, owner.id)
                read += len(rows)
            found += rows
            if read >= _AT_A_TIME:
                read = 0
                yield
        records[kind.name] = kept.all_of(kind.name, found)
    # Benefits are shared with the initiative; those of another evaluation are no part of this one.
    records["benefit"] = tuple(
        benefit
        for benefit in register.children("benefit", initiative.id)
        if is_counted(benefit, evaluation_id)
    )
    records |= register.remembered("unit_rows", UNIT_TABLES, _unit_rows)
    unit = register.unit()
    snapshot = Snapshot(register.id, unit.id, unit.text("name"), register.revision, register.clock(), records)
    measured = yield from _iter_measuring(snapshot, kept)
    return LoadedEvaluation(evaluation, initiative, snapshot, measured, kept.rows)


def _iter_measuring(
    snapshot: Snapshot, kept: _Kept
) -> Generator[None, None, tuple[IndicatorFigures, ...] | None]:
    """The figures of the indicators, where there is so much of them that it pays to have them ahead or to
    keep what is known of them.
    """
    if not kept.figures and len(snapshot.rows("measurement")) < _AT_A_TIME:
        return None
    smallest_count, looked_at = figures_catalogue().smallest_count, 0
    found = []
    for indicator in snapshot.rows("indicator"):
        figures = kept.measured(snapshot, indicator)
        if figures is None:
            figures = figures_of(snapshot, indicator, smallest_count)
            looked_at += len(figures.measured)
        found.append(figures)
        if looked_at >= _AT_A_TIME:
            looked_at = 0
            yield
    return tuple(found)


class _Kept:
    """What is known of an evaluation from before some changes, and is not touched by them."""

    def __init__(self, known: LoadedEvaluation | None, changes: ChangeSet | None) -> None:
        self._known = known if changes is not None else None
        self._touched: dict[str, set[Value]] = {}
        self.figures: dict[str, IndicatorFigures] = {}
        self.rows: dict[str, tuple[Row, ...]] = {}
        if self._known is not None and changes is not None:
            self._note_touched(self._known.snapshot, changes)
            self.figures = {one.indicator.id: one for one in self._known.figures.indicators}

    def _note_touched(self, snapshot: Snapshot, changes: ChangeSet) -> None:
        """The owners, by type of what hangs under them, whose records are others now."""
        for kind in types_below("evaluation"):
            touched = self._touched[kind.name] = set()
            for row in changes.rows:
                if row.table == kind.name:
                    before = snapshot.find(kind.name, row.key)
                    touched.add(None if before is None else before[kind.parent])
                    touched.add((row.after or {}).get(kind.parent))

    def children(self, kind: RecordType, owner_id: str) -> tuple[Record, ...] | None:
        """The records of a type under an owner; None where they have to be read."""
        if self._known is None or owner_id in self._touched[kind.name]:
            return None
        if self._known.snapshot.find(kind.parent_type, owner_id) is None:
            return None
        return self._known.snapshot.children(kind.name, owner_id, kind.parent)

    def all_of(self, type_name: str, found: list[Record]) -> tuple[Record, ...]:
        """All records of a type; where each is one that was known, so are their rows."""
        before = () if self._known is None else self._known.snapshot.rows(type_name)
        if self._known is not None and len(before) == len(found) and all(map(is_, before, found)):
            self.rows[type_name] = self._known.answers.rows(type_name)
        return tuple(found)

    def measured(self, snapshot: Snapshot, indicator: Record) -> IndicatorFigures | None:
        """The figures of an indicator; None where they have to be worked out."""
        if self._known is None or self._known.snapshot.find("indicator", indicator.id) != indicator:
            return None
        if indicator.id in self._touched["measurement"]:
            return None
        return self.figures.get(indicator.id)


def _unit_rows(register: Reader) -> dict[str, tuple[Record, ...]]:
    """The records behind the unit's own words, which every evaluation is shown in."""
    return {table: tuple(register.find(Query(table))) for table in UNIT_TABLES}


def find_evaluations(register: Register, initiative_id: str) -> tuple[Record, ...]:
    """The evaluations of an initiative, the newest first."""
    found = register.children("evaluation", initiative_id)
    return tuple(sorted(found, key=lambda record: str(record["created"] or ""), reverse=True))


def start_evaluation(register: Register, initiative_id: str, *, source: str = "") -> str:
    """Start an evaluation of an initiative and return its id, with what the register knows filled in:
    the description and the stage.
    """
    initiative = register.get("initiative", initiative_id)
    return register.transact(
        START,
        lambda writer: put_evaluation(writer, initiative, today(register.clock).year),
        source=source,
        detail=initiative.text("title"),
    ).result


def put_evaluation(writer: Writer, initiative: Record, year: int) -> str:
    """Put a new evaluation of ``initiative`` in an open transaction; returns its id."""
    evaluation_id = writer.put(
        "evaluation",
        {
            "initiative_id": initiative.id,
            "title": _("Evaluation {year}").format(year=year),
            "guide_version": guide("evaluation").version,
            "version": 1,
        },
    )
    known: dict[str, Value] = {}
    described = next((text for field in _DESCRIBED_BY if (text := initiative.text(field))), "")
    limit = record_type("scope").field("description_now").limit
    if described:
        known["description_now"] = described[:limit]
    if initiative["stage"] is not None:
        known["stage"] = initiative["stage"]
    if known:
        writer.put("scope", {**known, "evaluation_id": evaluation_id})
    return evaluation_id


def remove_evaluation(register: Register, evaluation_id: str, *, source: str = "") -> None:
    """Remove an evaluation with all that hangs under it. Undo brings everything back."""
    evaluation = register.get("evaluation", evaluation_id)
    title = register.get("initiative", evaluation.text("initiative_id")).text("title")
    register.transact(
        REMOVE, lambda writer: writer.drop("evaluation", evaluation_id), source=source, detail=title
    )


def add_quick_finding(
    register: Register, initiative_id: str, text: str, values: Values | None = None, *, source: str = ""
) -> str:
    """Note a finding of today at the newest evaluation of an initiative; returns the finding's id.

    Where the initiative has no evaluation yet, one is started in the same step. ``values`` may say more of
    the finding (sign, group, expected). Raises Problem ``no_text``.
    """
    if not text.strip():
        raise Problem(
            _("A finding needs a few words."),
            meaning=_("Nothing was noted."),
            advice=_("Write in one line what you saw or heard, without names."),
            code="no_text",
        )
    initiative = register.get("initiative", initiative_id)
    existing = find_evaluations(register, initiative_id)
    day = today(register.clock)

    def note(writer: Writer) -> str:
        evaluation_id = existing[0].id if existing else put_evaluation(writer, initiative, day.year)
        finding: dict[str, Value] = {
            "date": day,
            **(values or {}),
            "text": text,
            "evaluation_id": evaluation_id,
        }
        return writer.put("finding", finding)

    return register.transact(QUICK_FINDING, note, source=source, detail=initiative.text("title")).result


def measure_now(
    register: Register, indicator_id: str, value: Decimal, *, n: int | None = None, source: str = ""
) -> str:
    """Keep a number of today before it is too late: as the measured baseline of an indicator without one,
    otherwise as a measurement. Returns the id of the record that holds it.
    """
    indicator = register.get("indicator", indicator_id)
    day = today(register.clock)

    def keep(writer: Writer) -> str:
        if indicator["baseline"] is None:
            writer.change(
                "indicator",
                indicator_id,
                {"baseline": value, "baseline_date": day, "baseline_status": "measured"},
            )
            return indicator_id
        return writer.put(
            "measurement",
            {"indicator_id": indicator_id, "date": day, "value": value, "n": n, "series": "initiative"},
        )

    return register.transact(MEASURE_NOW, keep, source=source, detail=indicator.text("name")).result


def types_below(type_name: str) -> Iterator[RecordType]:
    """The record types that hang under ``type_name``, at any depth, owners first."""
    for kind in child_types(type_name):
        yield kind
        yield from types_below(kind.name)
