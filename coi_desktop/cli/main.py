"""The command line: the same operations as the window, for scripts, IT and tests.

Exit codes: 0 done, 1 a Problem (its advice on stderr), 2 wrong usage. JSON goes to stdout only.
"""

from __future__ import annotations

import gettext
import importlib
import logging
import os
import sys
from collections.abc import Callable, Sequence
from pathlib import Path

import click

from coi_desktop import resources
from coi_desktop.errors import Cancelled, Problem
from coi_desktop.i18n import _, current_language, system_language, use_language
from coi_desktop.models.printout import Printout
from coi_desktop.models.progress import Job

OpenWindow = Callable[[Path | None], int]

#: Makes a PDF of a printout: the command line itself knows nothing of pages.
MakePages = Callable[[Printout], Job[bytes]]

DONE, PROBLEM, WRONG_USAGE = 0, 1, 2

_COMMANDS = {
    "new": "register_commands",
    "list": "initiative_commands",
    "show": "initiative_commands",
    "print": "print_commands",
    "history": "history_commands",
    "undo": "history_commands",
    "redo": "history_commands",
    "set": "change_commands",
    "bulk-set": "change_commands",
    "merge": "merge_commands",
    "trash": "trash_commands",
    "restore-item": "trash_commands",
    "field": "field_commands",
    "eval": "evaluation_commands",
    "measure": "measure_commands",
    "calc": "calculation_commands",
    "import-table": "table_commands",
    "export-sheet": "sheet_commands",
    "return-sheet": "sheet_commands",
    "export-worksheets": "worksheet_commands",
    "import-worksheet": "worksheet_commands",
    "import-edition": "edition_commands",
    "import-pack": "import_commands",
    "export-pack": "export_commands",
    "export-workbook": "export_commands",
    "export-charts": "export_commands",
    "cases": "initiative_commands",
    "attach": "attachment_commands",
    "attachments": "attachment_commands",
    "save-attachment": "attachment_commands",
    "persons": "person_commands",
    "find-person": "person_commands",
    "erase-person": "person_commands",
    "check": "register_commands",
    "backup": "backup_commands",
    "backups": "backup_commands",
    "restore": "backup_commands",
    "export-all": "backup_commands",
    "self-test": "register_commands",
}


class Commands(click.Group):
    """The commands by name; a command's module is imported when it is asked for."""

    def list_commands(self, _context: click.Context) -> list[str]:
        """The names in the order they are shown."""
        return list(_COMMANDS)

    def get_command(self, _context: click.Context, name: str) -> click.Command | None:
        """The command called ``name``, made in the language spoken now."""
        module_name = _COMMANDS.get(name)
        if module_name is None:
            return None
        module = importlib.import_module(f"coi_desktop.cli.{module_name}")
        command: click.Command = module.COMMANDS[name]()
        return command


def run(arguments: Sequence[str], open_window: OpenWindow, make_pages: MakePages | None = None) -> int:
    """Run the command line and return its exit code. ``open_window`` opens the window on a register."""
    use_language(system_language())
    logging.getLogger("coi_desktop").addHandler(logging.NullHandler())  # standard error is for sentences
    _speak_in_click()
    _write_utf8()
    try:
        code = _program(open_window).main(
            list(arguments), prog_name="coi-desktop", standalone_mode=False, obj=make_pages
        )
    except click.UsageError as error:
        error.show()
        return WRONG_USAGE
    except Problem as problem:
        _tell(problem)
        return PROBLEM
    except (Cancelled, click.Abort, KeyboardInterrupt):
        click.echo(_("Stopped; nothing was changed."), err=True)
        return PROBLEM
    except BrokenPipeError:
        _drop_output()
        return PROBLEM
    except OSError as error:
        if error.filename is not None:
            raise
        _drop_output()
        _tell(_unwritten(error))
        return PROBLEM
    return code if isinstance(code, int) else DONE


def _program(open_window: OpenWindow) -> click.Command:
    @click.group(
        cls=Commands,
        invoke_without_command=True,
        context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
        help=_(
            "COI Desktop: the innovation unit's register of initiatives, "
            "their evaluations and case packs.\n\nWithout a command the window opens."
        ),
    )
    @click.option(
        "--register",
        "register",
        type=click.Path(readable=False, path_type=Path),
        help=_("The register to open."),
    )
    @click.option(
        "--anywhere",
        "anywhere",
        is_flag=True,
        help=_("Write also on a network drive, in a synchronised folder or in a profile that is emptied."),
    )
    @click.option(
        "--take-over",
        "take_over",
        is_flag=True,
        help=_("Take over a register that a program on another computer left open."),
    )
    @click.version_option(package_name="coi-desktop", message="%(prog)s %(version)s")
    @click.pass_context
    def program(context: click.Context, register: Path | None, anywhere: bool, take_over: bool) -> int:
        if context.invoked_subcommand is not None:
            return DONE
        return open_window(register)

    return program


def _tell(problem: Problem) -> None:
    for sentence in (problem.what, problem.meaning, problem.advice):
        if sentence:
            click.echo(sentence, err=True)


def _unwritten(error: OSError) -> Problem:
    return Problem(
        _("The output cannot be written: {why}.").format(why=error.strerror),
        meaning=_("What the command was to change is changed; only its report is missing."),
        advice=_("See that there is room where the output goes."),
    )


def _drop_output() -> None:
    """Let what is still waiting for a broken standard output go nowhere."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def _speak_in_click() -> None:
    """Let click's own words ("Usage", "Options") be looked up in our catalogue."""
    if current_language() != "en":
        os.environ["LANGUAGE"] = current_language()
    else:
        os.environ["LANGUAGE"] = "en"
    gettext.bindtextdomain("coi_desktop", str(resources.resource_folder() / "locale"))
    gettext.textdomain("coi_desktop")


def _write_utf8() -> None:
    for stream in (sys.stdout, sys.stderr):
        if stream is not None and not stream.isatty() and hasattr(stream, "reconfigure"):  # None when closed
            stream.reconfigure(encoding="utf-8", errors="backslashreplace")
