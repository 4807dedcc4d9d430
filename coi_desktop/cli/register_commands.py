"""Commands about a register as a file: new, check, and the program's test of itself."""

from __future__ import annotations

from pathlib import Path

import click

from coi_desktop.cli.shared import is_asked, reading, register_argument, with_switch
from coi_desktop.errors import Problem
from coi_desktop.i18n import _


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
    """``check FILE``"""

    @click.command("check", help=_("Read the whole register and report damage."))
    @register_argument()
    def check(file: Path) -> None:
        from coi_desktop.operations import registers

        with reading(file) as register:
            registers.check_register(register)
            click.echo(
                _("{name} is sound: {count} initiatives, revision {revision}.").format(
                    name=file.name, count=register.count("initiative"), revision=register.revision
                )
            )

    return check


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
