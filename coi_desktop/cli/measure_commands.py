"""Commands about measurements: ``measure add|import|rename-group|remove-group``."""

from __future__ import annotations

from pathlib import Path

import click

from coi_desktop.cli.measure_import import import_command
from coi_desktop.cli.shared import json_option, register_argument, write_json, writing
from coi_desktop.i18n import _, ngettext


def measure_command() -> click.Group:
    """``measure add|rename-group|remove-group FILE INDICATOR …``, ``measure import FILE EVALUATION …``"""

    @click.group("measure", help=_("Measurements of indicators: add them, and keep their groups in order."))
    def measurements() -> None:
        pass

    for make in (_add_command, import_command, _rename_command, _remove_command):
        measurements.add_command(make())
    return measurements


def _add_command() -> click.Command:
    @click.command(
        "add", help=_("Add a measurement: value=52, and date=, n=, group=, sd=, source= where known.")
    )
    @register_argument()
    @click.argument("indicator", metavar="INDICATOR")
    @click.argument("assignments", metavar="FIELD=VALUE...", nargs=-1, required=True)
    @json_option()
    def add(file: Path, indicator: str, assignments: tuple[str, ...], as_json: bool) -> None:
        from coi_desktop.operations.measuring import add_measurement, get_indicator, read_measurement

        with writing(file) as register:
            record = get_indicator(register, indicator)
            measurement_id = add_measurement(
                register, record, read_measurement(register, record, assignments)
            )
        if as_json:
            write_json({"measurement": measurement_id, "indicator": record.id})
        else:
            click.echo(measurement_id)

    return add


def _rename_command() -> click.Command:
    @click.command(
        "rename-group", help=_("Rename a group of measurements, or merge it with another; no value is lost.")
    )
    @register_argument()
    @click.argument("indicator", metavar="INDICATOR")
    @click.argument("name", metavar="GROUP")
    @click.argument("new_name", metavar="NEW")
    def rename(file: Path, indicator: str, name: str, new_name: str) -> None:
        from coi_desktop.operations.measuring import get_indicator, rename_group

        with writing(file) as register:
            _tell(rename_group(register, get_indicator(register, indicator).id, name, new_name))

    return rename


def _remove_command() -> click.Command:
    @click.command("remove-group", help=_("Take a group away: its measurements stay, without a group."))
    @register_argument()
    @click.argument("indicator", metavar="INDICATOR")
    @click.argument("name", metavar="GROUP")
    def remove(file: Path, indicator: str, name: str) -> None:
        from coi_desktop.operations.measuring import get_indicator, remove_group

        with writing(file) as register:
            _tell(remove_group(register, get_indicator(register, indicator).id, name))

    return remove


def _tell(count: int) -> None:
    click.echo(
        ngettext("{count} measurement changed.", "{count} measurements changed.", count).format(count=count)
    )


COMMANDS = {"measure": measure_command}
