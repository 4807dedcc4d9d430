"""Commands of the trash."""

from __future__ import annotations

from pathlib import Path

import click

from coi_desktop.cli.shared import json_option, reading, register_argument, write_json, write_table, writing
from coi_desktop.i18n import _, current_language
from coi_desktop.models.dates import format_datetime
from coi_desktop.models.ids import SHORTEST_PREFIX
from coi_desktop.operations.trash import describe_belongings, find_trash, find_trash_item, restore_item


def trash_command() -> click.Command:
    """``trash FILE [--search TEXT] [--rows] [--json]``"""

    @click.command("trash", help=_("What was removed and can be restored, the newest first."))
    @register_argument()
    @click.option("--search", default="", metavar="TEXT", help=_("Only what has these words in its name."))
    @click.option("--rows", is_flag=True, help=_("Also single rows, such as a measurement."))
    @json_option()
    def trash(file: Path, search: str, rows: bool, as_json: bool) -> None:
        with reading(file) as register:
            found = find_trash(register, search=search, rows=rows)
            belongings = [describe_belongings(register, item) for item in found]
        if as_json:
            write_json(
                [
                    {
                        "id": item.id,
                        "type": item.removed.type_name,
                        "title": item.title,
                        "removed": item.at,
                        "step": item.step,
                        "with": belonged,
                    }
                    for item, belonged in zip(found, belongings, strict=True)
                ]
            )
            return
        write_table(
            [_("Id"), _("Kind"), _("Name"), _("Removed"), _("With it")],
            [
                [
                    item.id[:SHORTEST_PREFIX],
                    item.kind,
                    item.title,
                    format_datetime(item.at.astimezone(), current_language()),
                    belonged,
                ]
                for item, belonged in zip(found, belongings, strict=True)
            ],
        )

    return trash


def restore_item_command() -> click.Command:
    """``restore-item FILE ID``"""

    @click.command("restore-item", help=_("Put something back from the trash, with all that belonged to it."))
    @register_argument()
    @click.argument("typed_id", metavar="ID")
    def restore(file: Path, typed_id: str) -> None:
        with writing(file) as register:
            done = restore_item(register, find_trash_item(register, typed_id))
        click.echo(_("“{title}” is back.").format(title=done.title))
        if done.came:
            click.echo(_("With it came: {what}.").format(what=done.came))
        if done.left:
            click.echo(_("What could not come back: {what}.").format(what=done.left))

    return restore


COMMANDS = {"trash": trash_command, "restore-item": restore_item_command}
