"""What is worth having on paper of one initiative: facts, tags, partners, links, gates, attachments, and the
figures of its evaluations.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from coi_desktop.i18n import _, current_language
from coi_desktop.models.dates import format_date
from coi_desktop.models.economy_charts import assumptions
from coi_desktop.models.evidence_words import hand_mark
from coi_desktop.models.fact_sections import with_own_fields
from coi_desktop.models.fields import FieldSpec, Kind
from coi_desktop.models.own_fields import own_name
from coi_desktop.models.printout import PrintColumn, Printout, PrintRow, PrintSection, PrintTable
from coi_desktop.models.query import Query
from coi_desktop.models.record_types.table import record_type
from coi_desktop.models.records import Record
from coi_desktop.models.shown_values import show_value
from coi_desktop.models.text import format_money, format_number, format_years
from coi_desktop.models.vocabulary import Vocabulary
from coi_desktop.operations.attachments import find_attachments
from coi_desktop.operations.evaluations import LoadedEvaluation, find_evaluations, load_evaluation
from coi_desktop.operations.library import words_of
from coi_desktop.operations.links import Link, find_links
from coi_desktop.operations.printouts import make_printout
from coi_desktop.operations.status_reports import find_reports
from coi_desktop.store.register import Register

_FIGURES = (Kind.INTEGER, Kind.NUMBER, Kind.MONEY)
_PARTNER = ("name", "kind", "role")
_GATE = ("phase", "decision", "decided_by", "date", "checked", "reason")
_ATTACHMENT = ("title", "note", "size", "added")
_BENEFIT = ("text", "class", "year", "likely", "realised", "owner_role", "follow_up")
_REPORT = ("date", "overall", "done", "next", "decision_needed")
_RISK = ("text", "probability", "consequence", "action", "owner", "due")


def initiative_printout(register: Register, initiative_id: str) -> Printout:
    """One initiative as it stands now; what is not filled in is left out. KeyError when it is gone."""
    record, words = register.get("initiative", initiative_id), words_of(register)
    newest = [one.newest for one in find_attachments(register, initiative_id)]
    children = {
        name: register.children(name, initiative_id) for name in ("tag", "partner", "gate", "benefit", "risk")
    }
    sections = (
        *_facts(register, record, words, children["tag"]),
        _rows(_("Partners"), "partner", _PARTNER, children["partner"], words),
        _links(find_links(register, initiative_id), words),
        _rows(_("Gates"), "gate", _GATE, children["gate"], words),
        *(
            _evaluation(load_evaluation(register, one.id), words)
            for one in find_evaluations(register, initiative_id)
        ),
        _rows(_("Benefits"), "benefit", _BENEFIT, children["benefit"], words),
        _rows(_("Status reports"), "status_report", _REPORT, find_reports(register, initiative_id), words),
        _rows(_("Risks"), "risk", _RISK, children["risk"], words),
        _rows(_("Attachments"), "attachment", _ATTACHMENT, newest, words),
    )
    filled = tuple(section for section in sections if section.facts or section.table is not None)
    return make_printout(register, record.text("title"), (), filled)


def _facts(
    register: Register, record: Record, words: Vocabulary, tags: Sequence[Record]
) -> Iterable[PrintSection]:
    fields = {field.name: field for field in register.fields("initiative")}
    placed = {own_name(one.id): one.text("section") for one in register.find(Query("own_field"))}
    own = [(fields[name], key) for name, key in placed.items() if name in fields]
    for section in with_own_fields(own):
        names = [name for row in section.rows for name in row if name != "title"]
        facts = [fact for name in names if (fact := _fact(fields[name], record, words))]
        if section.key == "about" and tags:
            said = ", ".join(sorted(tag.text("name") for tag in tags))
            facts.append((record_type("tag").label(), said))
        yield PrintSection(_(section.heading), tuple(facts))


def _fact(field: FieldSpec, record: Record, words: Vocabulary) -> tuple[str, str] | None:
    text = show_value(field, record[field.name], words)
    return (field.label(), text) if text else None


def _rows(
    heading: str, type_name: str, names: Sequence[str], records: Sequence[Record], words: Vocabulary
) -> PrintSection:
    """A table of child records; columns in which nothing stands are left out."""
    fields = [record_type(type_name).field(name) for name in names]
    rows = [[show_value(field, record[field.name], words) for field in fields] for record in records]
    kept = [place for place in range(len(fields)) if any(row[place] for row in rows)]
    if not kept:
        return PrintSection(heading)
    columns = tuple(
        PrintColumn(fields[place].label(), fields[place].kind in _FIGURES and fields[place].name != "year")
        for place in kept
    )
    return PrintSection(
        heading,
        table=PrintTable(columns, tuple(PrintRow(tuple(row[place] for place in kept)) for row in rows)),
    )


def _links(links: Sequence[Link], words: Vocabulary) -> PrintSection:
    rows = []
    for link in links:
        kind = words.label("initiative_link.kind", link.record.text("kind"))
        said = _("{kind}, says the other one").format(kind=kind) if link.is_backward else kind
        rows.append(PrintRow((said, link.other.text("title"), link.record.text("note"))))
    if not rows:
        return PrintSection(_("Links"))
    fields = record_type("initiative_link").by_name
    columns = tuple(PrintColumn(fields[name].label()) for name in ("kind", "other_id", "note"))
    return PrintSection(_("Links"), table=PrintTable(columns, tuple(rows)))


def _evaluation(loaded: LoadedEvaluation, words: Vocabulary) -> PrintSection:
    """What the screen says of an evaluation in figures; what cannot be computed is left out."""
    figures, language = loaded.figures, current_language()
    economy, evidence = figures.economy, figures.evidence
    conclusion = loaded.snapshot.single("conclusion", loaded.evaluation.id)
    decided = words.label("decision", figures.decided) if figures.decided else ""
    day = format_date(figures.decision_date, language)
    said = (
        (_("State"), words.label("evaluation.state", figures.state)),
        (_("Conclusion"), conclusion.text("headline") if conclusion is not None else ""),
        (
            _("Evidence"),
            _("Level {level} of at most {ceiling}: {name}").format(
                level=evidence.level,
                ceiling=evidence.ceiling,
                name=words.label("evidence.level", str(evidence.level)),
            )
            + hand_mark(evidence),
        ),
        (_("Decision"), " · ".join(part for part in (decided, day) if part)),
        (_("Net present value"), format_money(economy.npv, language, 0)),
        (
            _("Net present value with freed time"),
            format_money(economy.npv_incl_capacity, language, 0) if economy.shows_freed_time else "",
        ),
        (_("Earned back"), format_years(economy.payback, language)),
        (_("Gains for each krone"), format_number(economy.bcr, language, 2) if economy.bcr else ""),
        (_("Cost per outcome"), format_money(economy.cost_per_outcome, language, 0)),
        (_("Assumptions of the economy"), assumptions(economy, words) if economy.npv is not None else ""),
    )
    heading = _("Evaluation: {title}").format(title=loaded.evaluation.text("title") or "–")
    return PrintSection(heading, tuple((label, text) for label, text in said if text))
