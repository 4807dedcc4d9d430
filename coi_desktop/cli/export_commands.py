"""Commands that write case packs, workbooks and charts."""

from __future__ import annotations

from pathlib import Path

import click

from coi_desktop.cli.shared import (
    FilePath,
    finish,
    json_option,
    language_option,
    reading,
    register_argument,
    write_json,
    writing_if_allowed,
)
from coi_desktop.i18n import _
from coi_desktop.operations.lookup import find_initiative_id, get_attachment


def export_pack_command() -> click.Command:
    """``export-pack FILE OUT.coipack [--initiative ID]... [--attachment ID]... [--json]``"""

    @click.command("export-pack", help=_("Share the cases of initiatives as a case pack."))
    @register_argument()
    @click.argument("out", type=FilePath(), metavar="OUT.coipack")
    @click.option(
        "--initiative",
        "typed_ids",
        multiple=True,
        metavar="ID",
        help=_(
            "An initiative to share (may be given several times); without it all but the confidential ones."
        ),
    )
    @click.option(
        "--attachment",
        "typed_files",
        multiple=True,
        metavar="ID",
        help=_("An attachment that goes along (may be given several times); without it none does."),
    )
    @json_option()
    def export_pack(
        file: Path, out: Path, typed_ids: tuple[str, ...], typed_files: tuple[str, ...], as_json: bool
    ) -> None:
        from coi_desktop.operations import packs

        with writing_if_allowed(file) as register:
            ids = [find_initiative_id(register, typed) for typed in typed_ids] or None
            files = [get_attachment(register, typed).id for typed in typed_files]
            report = finish(packs.export_pack(register, out, ids, attachments=files))
            is_noted = register.writable
        if not is_noted:
            click.echo(_("The register can only be read; it does not note what was shared."), err=True)
        if as_json:
            write_json(report.to_json())
            return
        click.echo(str(report.path))
        for note in report.notes:
            click.echo(note, err=True)

    return export_pack


def export_workbook_command() -> click.Command:
    """``export-workbook FILE OUT.xlsx [--initiative ID] [--lang da|en]``"""

    @click.command("export-workbook", help=_("Write the portfolio, or one initiative, as an Excel workbook."))
    @register_argument()
    @click.argument("out", type=FilePath(), metavar="OUT.xlsx")
    @click.option("--initiative", "typed_id", metavar="ID", help=_("Only this initiative, in full."))
    @language_option()
    def export_workbook(file: Path, out: Path, typed_id: str | None, language: str | None) -> None:
        from coi_desktop.operations import exports

        with reading(file) as register:
            initiative_id = None if typed_id is None else find_initiative_id(register, typed_id)
            report = finish(exports.export_workbook(register, out, initiative_id, language=language))
        click.echo(str(report.path))
        for remark in exports.remarks_on(report):
            click.echo(remark, err=True)

    return export_workbook


def export_charts_command() -> click.Command:
    """``export-charts FILE OUTDIR [--initiative ID] [--format png,svg,pdf] [--lang da|en]``"""

    @click.command("export-charts", help=_("Write the charts of the portfolio, or of one initiative."))
    @register_argument()
    @click.argument("folder", type=FilePath(), metavar="OUTDIR")
    @click.option("--initiative", "typed_id", metavar="ID", help=_("Only the charts of this initiative."))
    @click.option(
        "--format",
        "formats",
        default="png,svg,pdf",
        callback=_formats,
        metavar="png,svg,pdf",
        help=_("The kinds of files, separated by commas."),
    )
    @language_option()
    def export_charts(
        file: Path, folder: Path, typed_id: str | None, formats: tuple[str, ...], language: str | None
    ) -> None:
        from coi_desktop.operations import charts

        with reading(file) as register:
            initiative_id = None if typed_id is None else find_initiative_id(register, typed_id)
            paths = finish(charts.export_charts(register, folder, initiative_id, formats, language=language))
        for path in paths:
            click.echo(str(path))
        if not paths:
            click.echo(_("There is nothing to draw yet: no figures have been entered."), err=True)

    return export_charts


def _formats(_context: click.Context, _parameter: click.Parameter, value: str) -> tuple[str, ...]:
    known = ("png", "svg", "pdf")
    wanted = tuple(dict.fromkeys(part.strip().lower() for part in value.split(",") if part.strip()))
    if not wanted or any(one not in known for one in wanted):
        raise click.BadParameter(_("write one or more of {known}").format(known=", ".join(known)))
    return wanted


COMMANDS = {
    "export-pack": export_pack_command,
    "export-workbook": export_workbook_command,
    "export-charts": export_charts_command,
}
