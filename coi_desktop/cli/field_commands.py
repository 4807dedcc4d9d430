"""Commands for a unit's own fields: ``field add``, ``field list``, ``field remove``."""

from __future__ import annotations

from pathlib import Path

import click

from coi_desktop.cli.shared import json_option, reading, register_argument, write_json, write_table, writing
from coi_desktop.errors import Problem
from coi_desktop.i18n import _, ngettext
from coi_desktop.models.own_fields import own_name
from coi_desktop.models.records import Record
from coi_desktop.operations import choices, own_fields
from coi_desktop.operations.library import vocabulary
from coi_desktop.store.register import Register


def field_command() -> click.Group:
    """``field add|list|remove FILE …``"""

    @click.group("field", help=_("The unit's own fields of initiatives."))
    def field() -> None:
        pass

    field.add_command(_add_command())
    field.add_command(_list_command())
    field.add_command(_remove_command())
    return field


def _add_command() -> click.Command:
    kinds, sections = vocabulary().keys(own_fields.KINDS), vocabulary().keys(own_fields.SECTIONS)

    @click.command("add", help=_("Add an own field."))
    @register_argument()
    @click.argument("name", metavar="NAME")
    @click.option("--kind", type=click.Choice(kinds), default="text", help=_("What it holds."))
    @click.option("--english", default="", metavar="NAME", help=_("Its name in English."))
    @click.option(
        "--section",
        type=click.Choice(sections),
        default=own_fields.OWN_SECTION,
        help=_("Where it stands among the facts."),
    )
    @click.option("--unit", default="", metavar="UNIT", help=_("What its numbers are counted in."))
    @click.option(
        "--choice", "words", multiple=True, metavar="WORDS", help=_("A choice of its list; may be repeated.")
    )
    @json_option()
    def add(
        file: Path,
        name: str,
        kind: str,
        english: str,
        section: str,
        unit: str,
        words: tuple[str, ...],
        as_json: bool,
    ) -> None:
        if words and kind != "choice":
            raise click.UsageError(_("Only a field of the kind “choice” has choices."))
        with writing(file) as register:
            field_name = own_fields.add_own_field(
                register, name, kind, en=english, section=section, unit=unit, choices=words
            )
            found = _described(register, own_fields.get_own_field(register, field_name))
        if as_json:
            write_json(found)
        else:
            click.echo(_("The field {field} was added: {name}").format(field=name, name=field_name))

    return add


def _list_command() -> click.Command:
    @click.command("list", help=_("The own fields, with how many initiatives have a value."))
    @register_argument()
    @json_option()
    def list_fields(file: Path, as_json: bool) -> None:
        with reading(file) as register:
            found = [_described(register, record) for record in own_fields.find_own_fields(register)]
        if as_json:
            write_json(found)
            return
        words = vocabulary()
        write_table(
            [_("Name"), _("Field"), _("Kind"), _("Section"), _("Values")],
            [
                [
                    str(one["name"]),
                    str(one["da"]),
                    words.label(own_fields.KINDS, str(one["kind"])),
                    words.label(own_fields.SECTIONS, str(one["section"])),
                    str(one["values"]),
                ]
                for one in found
            ],
        )

    return list_fields


def _remove_command() -> click.Command:
    @click.command("remove", help=_("Remove an own field; the trash keeps its values."))
    @register_argument()
    @click.argument("typed", metavar="NAME")
    def remove(file: Path, typed: str) -> None:
        with writing(file) as register:
            record = _find(register, typed)
            count = own_fields.remove_own_field(register, own_name(record.id))
        click.echo(
            ngettext(
                "The field {field} was removed with its {count} value, which the trash keeps.",
                "The field {field} was removed with its {count} values, which the trash keeps.",
                count,
            ).format(field=record.text("da"), count=count)
        )

    return remove


def _find(register: Register, typed: str) -> Record:
    """The own field that is called ``typed``, in either language or as a field of initiatives."""
    wanted = typed.strip().casefold()
    for record in own_fields.find_own_fields(register):
        names = (own_name(record.id), record.text("da"), record.text("en"))
        if wanted and wanted in {name.casefold() for name in names}:
            return record
    raise Problem(
        _("There is no own field called “{name}”.").format(name=typed),
        meaning=_("Nothing was changed."),
        advice=_("“field list” shows the own fields of the register."),
        code="no_such_field",
    )


def _described(register: Register, record: Record) -> dict[str, object]:
    name = own_name(record.id)
    found: dict[str, object] = {
        "name": name,
        **{key: record[key] for key in ("da", "en", "kind", "section", "unit")},
        "values": own_fields.count_values(register, name),
    }
    if record["kind"] == "choice":
        found["choices"] = [one._asdict() for one in choices.get_choices(register, name)]
    return found


COMMANDS = {"field": field_command}
