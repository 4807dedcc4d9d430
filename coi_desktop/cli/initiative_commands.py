"""Commands that show what is in a register."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import click

from coi_desktop.cli.economy_lines import economy_lines
from coi_desktop.cli.shared import json_option, reading, register_argument, write_json, write_table
from coi_desktop.i18n import _, current_language
from coi_desktop.models.ids import SHORTEST_PREFIX
from coi_desktop.models.own_fields import fields_of
from coi_desktop.models.query import Condition, Order, Query, Test
from coi_desktop.models.record_types.table import record_type
from coi_desktop.models.records import Snapshot
from coi_desktop.models.shown_values import show_value
from coi_desktop.models.text import format_number
from coi_desktop.models.views import Showing
from coi_desktop.operations.library import vocabulary, words_of
from coi_desktop.operations.listing import (
    Listing,
    csv_text,
    json_values,
    make_listing,
    read_columns,
    read_sort,
    table_rows,
)
from coi_desktop.operations.lookup import find_initiative_id
from coi_desktop.operations.record_json import initiative_values, record_values
from coi_desktop.operations.views import get_view, read_filters
from coi_desktop.paths import settings_file
from coi_desktop.settings import Settings
from coi_desktop.store.register import Register


def list_command() -> click.Command:
    """``list FILE [--view NAME] [--search TEXT] [--filter …] [--sort …] [--columns …] [--format …]``"""

    @click.command("list", help=_("The initiatives of a register."))
    @register_argument()
    @click.option("--view", "view_name", default="", metavar="NAME", help=_("A view by its name."))
    @click.option("--search", default="", metavar="TEXT", help=_("Only those that hold these words."))
    @click.option(
        "--filter",
        "filters",
        multiple=True,
        metavar="'FIELD TEST VALUE'",
        help=_("Only those that fit, such as 'phase is idea' or 'budget > 250000'; may be repeated."),
    )
    @click.option("--sort", default="", metavar="FIELD[:desc]", help=_("The field to order by."))
    @click.option("--columns", default="", metavar="A,B,C", help=_("The fields to show."))
    @click.option(
        "--format",
        "form",
        type=click.Choice(["table", "json", "csv"]),
        help=_("For people, for programs, or for spreadsheets."),
    )
    @json_option()
    def list_initiatives(
        file: Path,
        view_name: str,
        search: str,
        filters: tuple[str, ...],
        sort: str,
        columns: str,
        form: str | None,
        as_json: bool,
    ) -> None:
        with reading(file) as register:
            my_name = Settings.read(settings_file()).get("my_name")
            view = get_view(register, view_name, my_name) if view_name else Showing()
            view = view._replace(
                search=" ".join(filter(None, (view.search, search))),
                conditions=(*view.conditions, *read_filters(register, filters)),
                columns=read_columns(register, columns) or view.columns,
            )
            if sort:
                name, descending = read_sort(register, sort)
                view = view._replace(order=name, descending=descending)
            listing = make_listing(register, view, my_name)
            _write_listing(register, listing, form or ("json" if as_json else "table"))

    return list_initiatives


def _write_listing(register: Register, listing: Listing, form: str) -> None:
    if form == "json":
        write_json(json_values(listing))
    elif form == "csv":
        click.echo(csv_text(register, listing), nl=False)
    else:
        headings, rows = table_rows(register, listing)
        ids = [record.id[:SHORTEST_PREFIX] for record in listing.records]
        write_table([_("Id"), *headings], [[one, *row] for one, row in zip(ids, rows, strict=True)])


def show_command() -> click.Command:
    """``show FILE ID [--json]``"""

    @click.command("show", help=_("One initiative with its evaluations, indicators and measurements."))
    @register_argument()
    @click.argument("typed_id", metavar="ID")
    @json_option()
    def show(file: Path, typed_id: str, as_json: bool) -> None:
        with reading(file) as register:
            initiative_id = find_initiative_id(register, typed_id)
            snapshot = register.snapshot([initiative_id])
        values = initiative_values(snapshot, initiative_id)
        if as_json:
            write_json(values)
            return
        _show_record(snapshot, initiative_id)
        for evaluation in values["evaluations"]:
            _show_evaluation(evaluation)

    return show


def cases_command() -> click.Command:
    """``cases FILE [--json]``"""

    @click.command("cases", help=_("The cases imported from other units."))
    @register_argument()
    @json_option()
    def cases(file: Path, as_json: bool) -> None:
        imported = Condition("origin", Test.IS, "imported")
        with reading(file) as register:
            found = register.find(Query("case", conditions=(imported,), order=Order("title")))
            attached: dict[str, list[dict[str, object]]] = {record.id: [] for record in found}
            for one in register.children_of_many("case_attachment", list(attached)) if as_json else ():
                attached[one.text("case_id")].append(record_values(one))
        if as_json:
            write_json([{**record_values(record), "attachments": attached[record.id]} for record in found])
            return
        write_table(
            [_("Id"), *(_label("case", name) for name in ("title", "organisation", "stage", "sender"))],
            [
                [
                    record.id[:SHORTEST_PREFIX],
                    record.text("title"),
                    record.text("organisation"),
                    _word("stage", record.text("stage")),
                    record.text("sender"),
                ]
                for record in found
            ],
        )

    return cases


def _show_record(snapshot: Snapshot, initiative_id: str) -> None:
    record, words = snapshot.get("initiative", initiative_id), words_of(snapshot)
    click.echo(f"{record.text('title')}  [{record.id}]")
    for field in fields_of(snapshot, "initiative"):
        value = record.values[field.name]
        if field.shown and value is not None and field.name != "title":
            click.echo(f"  {field.label()}: {show_value(field, value, words)}")


def _show_evaluation(evaluation: dict[str, object]) -> None:
    click.echo("")
    click.echo(
        _("Evaluation: {title} ({state})").format(
            title=evaluation["title"] or "–", state=_word("evaluation.state", str(evaluation["state"]))
        )
    )
    evidence, economy, indicators = evaluation["evidence"], evaluation["economy"], evaluation["indicators"]
    assert isinstance(evidence, dict)
    assert isinstance(economy, dict)
    assert isinstance(indicators, list)
    click.echo(
        "  "
        + _("Evidence: level {level} of at most {ceiling}").format(
            level=evidence["level"], ceiling=evidence["ceiling"]
        )
        + (" · " + _("set manually") if evidence["set_manually"] else "")
    )
    for one in indicators:
        latest = one["latest"] or {}
        click.echo(
            "  {name}: {before} → {now} ({status})".format(
                name=one["name"] or "–",
                before=_result(one["baseline"], one["baseline_suppressed"]),
                now=_result(latest.get("value"), latest.get("suppressed", False)),
                status=_word("indicator.status", one["status"] or ""),
            )
        )
    for line in economy_lines(economy) if economy["npv"] is not None else ():
        click.echo(f"  {line}")


def _result(value: Decimal | None, is_hidden: bool) -> str:
    if is_hidden:
        return _word("indicator.status", "too_few")
    return format_number(value, current_language()) or "–"


def _label(type_name: str, field_name: str) -> str:
    return record_type(type_name).field(field_name).label()


def _word(values: str, key: str) -> str:
    return vocabulary().label(values, key) if key else "–"


COMMANDS = {"list": list_command, "show": show_command, "cases": cases_command}
