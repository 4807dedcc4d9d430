"""Commands about a register as a file: new, check, and the program's test of itself."""

from __future__ import annotations

from pathlib import Path

import click

from coi_desktop.cli.shared import is_asked, reading, register_argument, with_switch, writing
from coi_desktop.errors import Problem
from coi_desktop.i18n import _, current_language, ngettext
from coi_desktop.models.text import format_size
from coi_desktop.store.register import Register


def new_command() -> click.Command:
    """``new FILE [--sample]``"""

    @click.command("new", help=_("Make an empty register, or one with the sample portfolio."))
    @register_argument()
    @click.option("--sample", is_flag=True, help=_("Fill it with the sample portfolio."))
    @click.option("--unit", "unit_name", default="", help=_("Name of the unit that keeps the register."))
    def new(file: Path, sample: bool, unit_name: str) -> None:
        from coi_desktop.operations import registers, samples

        anywhere = is_asked("anywhere")
        try:
            register = (
                samples.create_sample_register(file, anywhere=anywhere)
                if sample
                else registers.create_register(file, unit_name=unit_name, anywhere=anywhere)
            )
        except Problem as problem:
            raise with_switch(problem) from problem
        register.close()
        click.echo(_("Made {path}.").format(path=file), err=True)

    return new


def check_command() -> click.Command:
    """``check FILE [--repair-index] [--remove-spare-files]``"""

    @click.command("check", help=_("Read the whole register and its attachments, and report damage."))
    @register_argument()
    @click.option(
        "--repair-index", is_flag=True, help=_("Make search and order anew from the records first.")
    )
    @click.option(
        "--remove-spare-files",
        is_flag=True,
        help=_("Remove files beside the register that neither an attachment nor the history names."),
    )
    def check(file: Path, repair_index: bool, remove_spare_files: bool) -> None:
        from coi_desktop.operations import registers

        with writing(file) if repair_index or remove_spare_files else reading(file) as register:
            if repair_index:
                registers.repair_index(register)
                click.echo(_("Search and order were made anew from the records."), err=True)
            registers.check_register(register)
            _tell_of_spare_files(register, remove=remove_spare_files)
            click.echo(
                _("{name} is sound: {count} initiatives, revision {revision}.").format(
                    name=file.name, count=register.count("initiative"), revision=register.revision
                )
            )

    return check


def _tell_of_spare_files(register: Register, *, remove: bool) -> None:
    from coi_desktop.operations.file_check import find_spare_files, sweep_files

    spare = sweep_files(register) if remove else find_spare_files(register)
    if not spare:
        return
    count, size = len(spare), format_size(sum(one.size for one in spare), current_language())
    text = (
        ngettext("{count} spare file removed ({size}).", "{count} spare files removed ({size}).", count)
        if remove
        else ngettext(
            "{count} file beside the register is named by no attachment ({size}).",
            "{count} files beside the register are named by no attachment ({size}).",
            count,
        )
    )
    click.echo(text.format(count=count, size=size), err=True)


def self_test_command() -> click.Command:
    """``self-test``"""

    @click.command("self-test", help=_("Test that the installed program works."))
    def self_test() -> int:
        from coi_desktop.self_test import run_self_test

        return run_self_test(click.echo)

    return self_test


COMMANDS = {
    "new": new_command,
    "check": check_command,
    "self-test": self_test_command,
}
