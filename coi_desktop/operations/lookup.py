"""Finding a record by what a person types: its id or the beginning of it."""

from __future__ import annotations

from coi_desktop.errors import Problem
from coi_desktop.i18n import _
from coi_desktop.models.ids import SHORTEST_PREFIX
from coi_desktop.models.record_types.table import FILE_TYPES
from coi_desktop.models.records import Record
from coi_desktop.operations.evaluations import find_evaluations
from coi_desktop.store.register import Register


def get_attachment(register: Register, typed: str) -> Record:
    """The one attachment, of an initiative or of an imported case, whose UUID is ``typed`` or begins with it
    (at least eight characters).

    Raises Problem ``no_such_record`` when there is none, or more than one.
    """
    prefix = typed.strip().lower()
    found = [(table, one) for table in FILE_TYPES for one in register.find_by_prefix(table, prefix)]
    if len(found) != 1:
        raise Problem(
            _("There is no single attachment with the id “{id}”.").format(id=typed),
            meaning=_("Nothing was changed."),
            advice=_("“attachments” shows the attachments of an initiative with their ids."),
            code="no_such_record",
        )
    return register.get(*found[0])


def find_initiative_id(register: Register, typed: str) -> str:
    """The id of the one initiative whose UUID is ``typed`` or begins with it (at least eight characters).

    Raises Problem ``no_such_record`` or ``ambiguous_id``.
    """
    prefix = typed.strip().lower()
    if len(prefix) < SHORTEST_PREFIX:
        raise Problem(
            _("“{id}” is too short for an id.").format(id=typed),
            meaning=_("Nothing was changed."),
            advice=_("Give at least the first {count} characters; “list” shows them.").format(
                count=SHORTEST_PREFIX
            ),
            code="no_such_record",
        )
    found = register.find_by_prefix("initiative", prefix)
    if len(found) == 1:
        return found[0]
    if found:
        raise Problem(
            _("Several initiatives have an id that begins with “{id}”.").format(id=typed),
            meaning=_("Nothing was changed."),
            advice=_("Give more of the id."),
            code="ambiguous_id",
        )
    raise Problem(
        _("There is no initiative with the id “{id}”.").format(id=typed),
        meaning=_("Nothing was changed."),
        advice=_("“list” shows the initiatives of the register with their ids."),
        code="no_such_record",
    )


def find_evaluation_id(register: Register, typed: str) -> str:
    """The id of the one evaluation whose UUID is ``typed`` or begins with it; an initiative stands for its
    newest evaluation.

    Raises Problem ``no_such_record`` or ``ambiguous_id``.
    """
    prefix = typed.strip().lower()
    if len(prefix) >= SHORTEST_PREFIX:
        found = register.find_by_prefix("evaluation", prefix)
        if len(found) == 1:
            return found[0]
        if not found and (initiatives := register.find_by_prefix("initiative", prefix)):
            newest = find_evaluations(register, initiatives[0]) if len(initiatives) == 1 else ()
            if newest:
                return newest[0].id
    raise Problem(
        _("There is no single evaluation with the id “{id}”.").format(id=typed),
        meaning=_("Nothing was changed."),
        advice=_("Give the id of an evaluation, or of an initiative that has one, as “list” shows it."),
        code="no_such_record",
    )
