"""Commands that set fields of one initiative or of many."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import click

from coi_desktop.cli.shared import (
    finish,
    json_option,
    keep_first,
    register_argument,
    write_json,
    write_table,
    writing,
)
from coi_desktop.errors import Problem
from coi_desktop.i18n import _, current_language
from coi_desktop.models.backup_manifest import Reason
from coi_desktop.models.bulk_plan import BulkEdit, BulkPlan
from coi_desktop.models.bulk_words import line_cells, summary
from coi_desktop.models.clock import today
from coi_desktop.models.filter_text import parse_condition
from coi_desktop.models.ids import SHORTEST_PREFIX
from coi_desktop.models.query import Order, Query
from coi_desktop.models.records import Value
from coi_desktop.models.text import format_number
from coi_desktop.models.typed_values import parse_assignment
from coi_desktop.operations.bulk import apply_here, preview_bulk, read_selection
from coi_desktop.operations.library import words_of
from coi_desktop.operations.lookup import find_initiative_id
from coi_desktop.store.register import Register

_MOST_SHOWN = 40


def set_command() -> click.Command:
    """``set FILE ID field=value…``"""

    @click.command("set", help=_("Set fields of one initiative: field=value, or field= to empty it."))
    @register_argument()
    @click.argument("typed_id", metavar="ID")
    @click.argument("assignments", metavar="FIELD=VALUE...", nargs=-1, required=True)
    @json_option()
    def set_fields(file: Path, typed_id: str, assignments: tuple[str, ...], as_json: bool) -> None:
        with writing(file) as register:
            edit = BulkEdit(_read_assignments(register, assignments))
            plan = _plan(register, [find_initiative_id(register, typed_id)], edit)
            apply_here(register, plan)
            _tell(register, plan, as_json=as_json, done=True)

    return set_fields


def bulk_set_command() -> click.Command:
    """``bulk-set FILE [--filter F]… [--search TEXT] [--id ID]… field=value… [--dry-run]``"""

    @click.command("bulk-set", help=_("Set fields of many initiatives as one step."))
    @register_argument()
    @click.argument("assignments", metavar="[FIELD=VALUE...]", nargs=-1)
    @click.option("--search", default="", metavar="TEXT", help=_("Only those that hold these words."))
    @click.option(
        "--filter",
        "filters",
        multiple=True,
        metavar="FILTER",
        help=_("Only those that fit, for example “phase is idea”; may be repeated."),
    )
    @click.option(
        "--id", "typed_ids", multiple=True, metavar="ID", help=_("This initiative; may be repeated.")
    )
    @click.option("--all", "all_of_them", is_flag=True, help=_("All initiatives of the register."))
    @click.option("--add-tag", "add_tags", multiple=True, metavar="TAG", help=_("Put this tag on."))
    @click.option("--remove-tag", "remove_tags", multiple=True, metavar="TAG", help=_("Take this tag off."))
    @click.option("--dry-run", is_flag=True, help=_("Only say what would change."))
    @json_option()
    def bulk_set(
        file: Path,
        assignments: tuple[str, ...],
        search: str,
        filters: tuple[str, ...],
        typed_ids: tuple[str, ...],
        all_of_them: bool,
        add_tags: tuple[str, ...],
        remove_tags: tuple[str, ...],
        dry_run: bool,
        as_json: bool,
    ) -> None:
        if not (assignments or add_tags or remove_tags):
            raise click.UsageError(_("Say what to set: FIELD=VALUE, --add-tag or --remove-tag."))
        if not (search or filters or typed_ids or all_of_them):
            raise click.UsageError(_("Say which initiatives: --filter, --search, --id or --all."))
        with writing(file) as register:
            edit = BulkEdit(_read_assignments(register, assignments), add_tags, remove_tags)
            plan = _plan(register, _find_ids(register, search, filters, typed_ids), edit)
            if not dry_run:
                keep_first(register, Reason.BULK)
                apply_here(register, plan)
            _tell(register, plan, as_json=as_json, done=not dry_run)

    return bulk_set


def _find_ids(register: Register, search: str, filters: Sequence[str], typed_ids: Sequence[str]) -> list[str]:
    fields, words = register.fields("initiative"), words_of(register)
    conditions = tuple(parse_condition(text, fields, words) for text in filters)
    query = Query("initiative", search, conditions, Order("title"))
    found = register.find_ids(query.on(today(register.clock)))
    if not typed_ids:
        return found
    wanted = {find_initiative_id(register, typed) for typed in typed_ids}
    return [record_id for record_id in found if record_id in wanted]


def _read_assignments(register: Register, assignments: Sequence[str]) -> dict[str, Value]:
    fields, words = register.fields("initiative"), words_of(register)
    shown = [field for field in fields if field.shown]
    values: dict[str, Value] = {}
    for typed in assignments:
        field, value = parse_assignment(shown, typed, words)
        if field.name in values:
            raise Problem(
                _("“{field}” is set twice.").format(field=field.label()),
                meaning=_("Nothing was changed."),
                advice=_("Set each field once."),
                code="bad_value",
            )
        values[field.name] = value
    return values


def _plan(register: Register, ids: Sequence[str], edit: BulkEdit) -> BulkPlan:
    return preview_bulk(register, finish(read_selection(register, ids, most=len(ids))), edit)


def _tell(register: Register, plan: BulkPlan, *, as_json: bool, done: bool) -> None:
    if as_json:
        changes = [
            {
                "id": line.record_id,
                "field": line.field_name,
                "before": line.before,
                "after": line.after,
            }
            for line in plan.lines
        ]
        write_json({"applied": done, "initiatives": plan.records, "changes": changes})
        return
    fields = {field.name: field for field in register.fields("initiative")}
    words = words_of(register)
    shown = plan.lines[:_MOST_SHOWN]
    if shown:
        write_table(
            [_("Id"), _("Title"), _("Field"), _("Before"), _("After")],
            [(line.record_id[:SHORTEST_PREFIX], *line_cells(line, fields, words)) for line in shown],
        )
    if len(plan.lines) > len(shown):
        count = format_number(len(plan.lines) - len(shown), current_language())
        click.echo(_("… and {count} more").format(count=count))
    click.echo(summary(plan) + ("." if plan.lines else ""))
    if plan.lines and not done:
        click.echo(_("Nothing was changed: this was a trial."))


COMMANDS = {"set": set_command, "bulk-set": bulk_set_command}
