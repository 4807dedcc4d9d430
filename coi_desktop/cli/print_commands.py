"""Command that prints a list or an initiative as text."""

from __future__ import annotations

from pathlib import Path

import click

from coi_desktop.cli.shared import reading, register_argument
from coi_desktop.i18n import _
from coi_desktop.models.printout import Printout, iter_text
from coi_desktop.models.progress import run_to_end
from coi_desktop.models.views import Showing
from coi_desktop.operations.listing import FIRST_COLUMNS
from coi_desktop.operations.lookup import find_initiative_id
from coi_desktop.operations.printouts import list_printout
from coi_desktop.operations.record_printout import initiative_printout
from coi_desktop.operations.views import get_view, query_of, selection_words
from coi_desktop.paths import settings_file
from coi_desktop.settings import Settings
from coi_desktop.store.register import Register


def print_command() -> click.Command:
    """``print FILE [ID] [--view NAME]``"""

    @click.command("print", help=_("A view, or one initiative, as text to be printed."))
    @register_argument()
    @click.argument("typed_id", metavar="[ID]", required=False, default="")
    @click.option("--view", "view_name", default="", metavar="NAME", help=_("A view by its name."))
    def print_text(file: Path, typed_id: str, view_name: str) -> None:
        with reading(file) as register:
            if typed_id:
                printout = initiative_printout(register, find_initiative_id(register, typed_id))
            else:
                printout = _printed_view(register, view_name)
        for line in iter_text(printout):
            click.echo(line)

    return print_text


def _printed_view(register: Register, view_name: str) -> Printout:
    my_name = Settings.read(settings_file()).get("my_name")
    view = get_view(register, view_name, my_name) if view_name else Showing()
    query = query_of(register, view, my_name)
    selection = selection_words(register, view._replace(name=""))
    columns = view.columns or FIRST_COLUMNS
    return run_to_end(list_printout(register, query, columns, title=view.name, selection=selection))


COMMANDS = {"print": print_command}
