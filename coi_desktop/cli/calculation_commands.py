"""The command that says how every number came about."""

from __future__ import annotations

from pathlib import Path

import click

from coi_desktop.cli.shared import json_option, reading, register_argument, write_json
from coi_desktop.i18n import _
from coi_desktop.operations.lookup import find_evaluation_id


def calc_command() -> click.Command:
    """``calc FILE ID [--json]``"""

    @click.command(
        "calc", help=_("Every derived number of an evaluation with its formula, inputs and explanation.")
    )
    @register_argument()
    @click.argument("typed_id", metavar="ID")
    @json_option()
    def calc(file: Path, typed_id: str, as_json: bool) -> None:
        from coi_desktop.operations.calculations import calculation_lines, calculation_values
        from coi_desktop.operations.evaluations import load_evaluation

        with reading(file) as register:
            loaded = load_evaluation(register, find_evaluation_id(register, typed_id))
            if as_json:
                write_json(calculation_values(loaded))
                return
            for line in calculation_lines(loaded):
                click.echo(line)

    return calc


COMMANDS = {"calc": calc_command}
