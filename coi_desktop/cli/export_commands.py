"""Commands that write case packs, workbooks and charts."""

from __future__ import annotations

from pathlib import Path

import click

from coi_desktop.cli.shared import finish, json_option, register_argument, write_json, writing
from coi_desktop.i18n import _
from coi_desktop.operations.lookup import find_initiative_id


def export_pack_command() -> click.Command:
    """``export-pack FILE OUT.coipack [--initiative ID]... [--json]``"""

    @click.command("export-pack", help=_("Share the cases of initiatives as a case pack."))
    @register_argument()
    @click.argument("out", type=click.Path(path_type=Path), metavar="OUT.coipack")
    @click.option(
        "--initiative",
        "typed_ids",
        multiple=True,
        metavar="ID",
        help=_(
            "An initiative to share (may be given several times); without it all but the confidential ones."
        ),
    )
    @json_option()
    def export_pack(file: Path, out: Path, typed_ids: tuple[str, ...], as_json: bool) -> None:
        from coi_desktop.operations import packs

        with writing(file) as register:
            ids = [find_initiative_id(register, typed) for typed in typed_ids] or None
            report = finish(packs.export_pack(register, out, ids))
        if as_json:
            write_json(report.to_json())
            return
        click.echo(str(report.path))
        for note in report.notes:
            click.echo(note, err=True)

    return export_pack


COMMANDS = {"export-pack": export_pack_command}
