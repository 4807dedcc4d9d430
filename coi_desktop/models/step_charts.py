"""The charts of the steps of an evaluation that are no charts of measurements or money: who will use the
answers, how strong the evidence may be, hours of methods, findings, answers.

Each function gives None where there is nothing to draw: no chart of a single thing.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from decimal import Decimal
from types import MappingProxyType

from coi_desktop.i18n import _, ngettext
from coi_desktop.models.chart_figures import (
    FEWEST_VALUES,
    ChartFigure,
    ChartGrid,
    ChartKind,
    ChartSeries,
    footnotes,
    sentences,
    shown,
)
from coi_desktop.models.decimals import ONE, ZERO, total_known
from coi_desktop.models.evaluation_figures import EvaluationFigures
from coi_desktop.models.evidence import HIGHEST
from coi_desktop.models.records import Snapshot
from coi_desktop.models.time_charts import DROPPED, actions_chart, changes_chart, schedule_chart
from coi_desktop.models.vocabulary import UNKNOWN, Vocabulary

#: Interest and influence are given from 1 to 5.
_LEVELS, _GREAT = 5, 4

_SIGNS = ("positive", "neutral", "negative")
_CONFIDENCE = ("high", "medium", "low")
_ANSWERS = ("no", "partly", "yes", UNKNOWN)


def audience_chart(snapshot: Snapshot, figures: EvaluationFigures, _words: Vocabulary) -> ChartFigure | None:
    """Who will use the answers, by interest and influence, both from 1 to 5."""
    people = [
        (one.text("role"), one.integer("interest"), one.integer("influence"))
        for one in snapshot.children("audience", figures.evaluation_id, "evaluation_id")
    ]
    known = [
        (role, interest, influence)
        for role, interest, influence in people
        if interest in range(1, _LEVELS + 1) and influence in range(1, _LEVELS + 1)
    ]
    if len(known) < FEWEST_VALUES:
        return None
    numbers = tuple(str(level) for level in range(1, _LEVELS + 1))
    close = sum(1 for _role, interest, influence in known if min(interest or 0, influence or 0) > 3)
    return _of_places(
        ChartKind.AUDIENCE,
        figures.evaluation_id,
        ngettext(
            "{count} role has both great interest and great influence",
            "{count} roles have both great interest and great influence",
            close,
        ).format(count=close),
        _("Role"),
        tuple(role for role, _interest, _influence in known),
        ChartGrid(
            numbers,
            numbers[::-1],
            _("Interest"),
            _("Influence"),
            tuple(((interest or 1) - 1, _LEVELS - (influence or 1)) for _role, interest, influence in known),
        ),
    )


def answers_chart(snapshot: Snapshot, figures: EvaluationFigures, words: Vocabulary) -> ChartFigure | None:
    """The answers to the questions by how sure they are."""
    found, places = [], []
    for question in snapshot.children("question", figures.evaluation_id, "evaluation_id"):
        answer = snapshot.single("answer", question.id)
        if answer is None:
            continue
        short, sure = answer.text("short"), answer.text("confidence")
        if short in _ANSWERS and sure in _CONFIDENCE:
            found.append(question.text("text"))
            places.append((_ANSWERS.index(short), _CONFIDENCE.index(sure)))
    if len(found) < FEWEST_VALUES:
        return None
    firm = sum(1 for _column, row in places if row == 0)
    return _of_places(
        ChartKind.ANSWERS,
        figures.evaluation_id,
        _("{firm} of {count} answers are given with high confidence").format(firm=firm, count=len(found)),
        _("Question"),
        tuple(found),
        ChartGrid(
            tuple(words.label("short_answer", key) for key in _ANSWERS),
            tuple(words.label("level3", key) for key in _CONFIDENCE),
            _("Answer"),
            _("Confidence"),
            tuple(places),
        ),
    )


def evidence_chart(_snapshot: Snapshot, figures: EvaluationFigures, words: Vocabulary) -> ChartFigure | None:
    """The six levels of evidence as a ladder: those reached, those the comparison allows, those it does not.

    None while neither a comparison is chosen nor anything shown.
    """
    evidence = figures.evidence
    if evidence.level == 0 and evidence.is_design_assumed:
        return None
    levels = range(HIGHEST + 1)
    names = tuple(f"{level} · {words.label('evidence.level', str(level))}" for level in levels)
    states = tuple(_level_state(level, evidence.level, evidence.ceiling) for level in levels)
    title = _("Evidence level {level} of at most {ceiling}: {name}").format(
        level=evidence.level,
        ceiling=evidence.ceiling,
        name=words.label("evidence.level", str(evidence.level)),
    )
    asked = "; ".join(words.label("evidence.missing", key) for key in evidence.missing)
    return ChartFigure(
        kind=ChartKind.EVIDENCE,
        subject=figures.evaluation_id,
        title=title,
        category_title=_("Level"),
        unit="",
        categories=names,
        labels=states,
        series=(
            ChartSeries("reached", _("Reached"), tuple(_tick(level <= evidence.level) for level in levels)),
            ChartSeries("allowed", _("Allowed"), tuple(_tick(level <= evidence.ceiling) for level in levels)),
        ),
        marks=(),
        levels=(),
        footnote=footnotes(
            [
                _("Compared: {design}").format(design=words.label("design", evidence.design)),
                _("to get one level up: {asked}").format(asked=asked) if asked else "",
            ]
        ),
        alt_text=sentences(
            [
                _("Ladder of the six evidence levels"),
                title,
                *(f"{name}: {state}" for name, state in zip(names, states, strict=True)),
            ]
        ),
    )


def method_hours_chart(
    snapshot: Snapshot, figures: EvaluationFigures, words: Vocabulary
) -> ChartFigure | None:
    """Hours for each method, dropped ones left out."""
    hours: dict[str, Decimal] = {}
    for one in snapshot.children("method_use", figures.evaluation_id, "evaluation_id"):
        spent = one.number("hours")
        if spent is not None and spent > 0 and one.text("status") != DROPPED:
            name = words.label("method", one.text("method"))
            hours[name] = hours.get(name, ZERO) + spent
    if len(hours) < FEWEST_VALUES:
        return None
    proportion = snapshot.single("proportion", figures.evaluation_id)
    planned = proportion.number("hours") if proportion is not None else None
    ordered = sorted(hours.items(), key=lambda one: -one[1])
    whole = total_known(hours.values())
    if planned is not None:
        title = _("The methods take {hours} of {planned} hours").format(
            hours=shown(whole), planned=shown(planned)
        )
    else:
        title = _("The methods take {hours} hours").format(hours=shown(whole))
    return _of_parts(
        ChartKind.METHOD_HOURS,
        figures.evaluation_id,
        title,
        _("Method"),
        _("hours"),
        [name for name, _spent in ordered],
        [ChartSeries("hours", _("Hours"), tuple(spent for _name, spent in ordered))],
    )


def findings_chart(snapshot: Snapshot, figures: EvaluationFigures, words: Vocabulary) -> ChartFigure | None:
    """Findings by theme, each bar in parts by sign; themes in the order of how much was found."""
    findings = snapshot.children("finding", figures.evaluation_id, "evaluation_id")
    counted: Counter[tuple[str, str]] = Counter()
    unexpected = 0
    for one in findings:
        if one.text("sign") in _SIGNS:
            counted[one.text("theme").strip() or _("without a theme"), one.text("sign")] += 1
            unexpected += one["expected"] is False
    themes = Counter(theme for (theme, _sign), count in counted.items() for _one in range(count))
    if sum(counted.values()) < FEWEST_VALUES:
        return None
    worse = sum(count for (_theme, sign), count in counted.items() if sign == "negative")
    count = sum(counted.values())
    title = ngettext(
        "{worse} of {count} finding points the wrong way",
        "{worse} of {count} findings point the wrong way",
        count,
    ).format(worse=worse, count=count)
    names = [theme for theme, _count in themes.most_common()]
    return _of_parts(
        ChartKind.FINDINGS,
        figures.evaluation_id,
        title,
        _("Theme"),
        _("findings"),
        names,
        [
            ChartSeries(
                sign, words.label("finding_sign", sign), tuple(Decimal(counted[name, sign]) for name in names)
            )
            for sign in _SIGNS
        ],
        _("of them unexpected: {count}").format(count=unexpected) if unexpected else "",
    )


#: What makes each chart of this module and those in time, in the order of the steps.
STEP_CHARTS: Mapping[ChartKind, Callable[[Snapshot, EvaluationFigures, Vocabulary], ChartFigure | None]] = (
    MappingProxyType(
        {
            ChartKind.AUDIENCE: audience_chart,
            ChartKind.EVIDENCE: evidence_chart,
            ChartKind.SCHEDULE: schedule_chart,
            ChartKind.METHOD_HOURS: method_hours_chart,
            ChartKind.FINDINGS: findings_chart,
            ChartKind.CHANGES: changes_chart,
            ChartKind.ANSWERS: answers_chart,
            ChartKind.ACTIONS: actions_chart,
        }
    )
)


def step_charts(snapshot: Snapshot, figures: EvaluationFigures, words: Vocabulary) -> list[ChartFigure]:
    """The charts of this module and those in time that have something to show, in the order of the steps."""
    found = [make(snapshot, figures, words) for make in STEP_CHARTS.values()]
    return [one for one in found if one is not None]


def _of_places(
    kind: ChartKind, subject: str, title: str, category_title: str, names: tuple[str, ...], grid: ChartGrid
) -> ChartFigure:
    said = [
        f"{name}: {grid.columns[column]}, {grid.rows[row]}"
        for name, (column, row) in zip(names, grid.places, strict=True)
    ]
    what = _("Grid of {columns} by {rows}").format(
        columns=grid.column_title.lower(), rows=grid.row_title.lower()
    )
    return ChartFigure(
        kind=kind,
        subject=subject,
        title=title,
        category_title=category_title,
        unit="",
        categories=names,
        labels=("",) * len(names),
        series=(),
        marks=(),
        levels=(),
        footnote="",
        alt_text=sentences([what, *said]),
        grid=grid,
    )


def _of_parts(
    kind: ChartKind,
    subject: str,
    title: str,
    category_title: str,
    unit: str,
    names: Sequence[str],
    series: Iterable[ChartSeries],
    footnote: str = "",
) -> ChartFigure:
    parts = tuple(one for one in series if any(one.values))
    said = []
    for place, name in enumerate(names):
        numbers = [f"{one.name} {shown(one.values[place])}" for one in parts if one.values[place]]
        said.append(f"{name}: {', '.join(numbers)}")
    return ChartFigure(
        kind=kind,
        subject=subject,
        title=title,
        category_title=category_title,
        unit=unit,
        categories=tuple(names),
        labels=("",) * len(names),
        series=parts,
        marks=(),
        levels=(),
        footnote=footnote,
        alt_text=sentences([_("Bar chart: {title}").format(title=title), *said, footnote]),
    )


def _level_state(level: int, reached: int, ceiling: int) -> str:
    if level <= reached:
        return _("reached")
    return _("can be reached") if level <= ceiling else _("not with this comparison")


def _tick(holds: bool) -> Decimal:
    return ONE if holds else ZERO
