"""The phases a unit works by: those of a template, or its own, each change one step.

As long as a unit has changed nothing it works by the template as delivered, and has no records of its own.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TypeVar

from coi_desktop.errors import Problem
from coi_desktop.i18n import N_, _
from coi_desktop.models.changes import Op
from coi_desktop.models.folding import clean_line
from coi_desktop.models.keys import free_key
from coi_desktop.models.own_fields import in_order
from coi_desktop.models.phases import Phase, PhaseTemplate, phase_of, phase_values, stages_of
from coi_desktop.models.query import Query
from coi_desktop.models.records import Snapshot
from coi_desktop.operations.library import phase_templates, vocabulary
from coi_desktop.store.register import Register
from coi_desktop.store.writer import Writer

ADD = Op("phase.add", N_("Add phase"))
EDIT = Op("phase.edit", N_("Edit phase"))
MOVE = Op("phase.move", N_("Move phase"))
REMOVE = Op("phase.remove", N_("Remove phase"))
CHOOSE = Op("phase.choose_template", N_("Choose phases"))

_REMEMBERED = "phases"

T = TypeVar("T")


def get_phases(source: Register | Snapshot) -> tuple[Phase, ...]:
    """The phases that the unit works by, in order: its own, or those of the template as delivered."""
    if isinstance(source, Snapshot):
        records = source.rows("phase")
        return tuple(map(phase_of, in_order(records))) or delivered_phases()
    return source.remembered(
        _REMEMBERED,
        ("phase",),
        lambda reader: tuple(map(phase_of, in_order(reader.find(Query("phase"))))) or delivered_phases(),
    )


def delivered_phases() -> tuple[Phase, ...]:
    """The phases of the template as delivered."""
    return find_templates()[0].phases


def find_templates() -> tuple[PhaseTemplate, ...]:
    """The templates a unit can choose from, the one as delivered first."""
    return tuple(phase_templates().values())


def get_stages(source: Register | Snapshot) -> Mapping[str, str]:
    """The stage that each phase suggests, by the phase's key."""
    return stages_of(get_phases(source))


def count_by_phase(register: Register) -> dict[str, int]:
    """How many initiatives stand in each phase, by its key; empty for those in none."""
    return register.count_by("initiative", "phase")


def add_phase(register: Register, phase: Phase, *, source: str = "") -> str:
    """Add a phase after the others and return its key, which is made of its name. Problem ``no_name`` or
    ``name_taken``.
    """
    phases = get_phases(register)
    da, en = clean_line(phase.da), clean_line(phase.en)
    name = _checked(phases, da, en)
    key = free_key(name, {*(phase.key for phase in phases), *vocabulary().known_keys("initiative.phase")})
    new = (*phases, phase._replace(key=key, da=da, en=en))
    return _rewrite(register, ADD, new, detail=name, result=key, source=source)


def edit_phase(register: Register, phase: Phase, *, source: str = "") -> bool:
    """Give the phase with this key other words, stage, product and checklist; False when it stood so.

    KeyError when there is no such phase; Problem ``no_name`` or ``name_taken``.
    """
    phases = get_phases(register)
    before = _get(phases, phase.key)
    if before == phase:
        return False
    _checked([one for one in phases if one.key != phase.key], phase.da, phase.en)
    new = tuple(phase if one.key == phase.key else one for one in phases)
    return _rewrite(register, EDIT, new, detail=phase.da, result=True, source=source)


def move_phase(register: Register, key: str, place: int, *, source: str = "") -> bool:
    """Put a phase at another place (0: first); False when it stands there. KeyError for no such phase."""
    phases = get_phases(register)
    phase = _get(phases, key)
    others = [one for one in phases if one.key != key]
    new = (*others[:place], phase, *others[place:])
    if new == phases:
        return False
    return _rewrite(register, MOVE, new, detail=phase.da, result=True, source=source)


def remove_phase(register: Register, key: str, target: str, *, source: str = "") -> int:
    """Remove a phase; its initiatives go to the phase ``target``. Returns how many there were.

    Where an initiative stands changes, not when it came there nor how far its solution is. KeyError for a
    phase that is not there, Problem ``last_phase`` for the only one.
    """
    phases = get_phases(register)
    phase = _get(phases, key)
    new = tuple(one for one in phases if one.key != key)
    if not new:
        raise Problem(
            _("A unit needs at least one phase."),
            meaning=_("Nothing was changed."),
            advice=_("Add another phase first."),
            code="last_phase",
        )
    _get(new, target)
    return _choose(register, REMOVE, new, {key: target}, phase.label(), source)


def choose_template(register: Register, name: str, mapping: Mapping[str, str], *, source: str = "") -> int:
    """Work by another template; ``mapping`` says where the initiatives of each phase of now go.

    Returns how many initiatives got another phase. KeyError for a template or phase that is not there, and
    for a phase with initiatives that ``mapping`` does not speak of.
    """
    template = phase_templates()[name]
    keys = {phase.key for phase in template.phases}
    for old, new in mapping.items():
        if new not in keys:
            raise KeyError(new)
        _get(get_phases(register), old)
    used = {key for key, count in count_by_phase(register).items() if key and count}
    left = used & {phase.key for phase in get_phases(register)} - keys - set(mapping)
    if left:
        raise KeyError(*sorted(left))
    moved = {old: new for old, new in mapping.items() if old != new}
    return _choose(register, CHOOSE, template.phases, moved, template.label(), source)


def _choose(
    register: Register, op: Op, phases: Sequence[Phase], moved: Mapping[str, str], detail: str, source: str
) -> int:
    there = [(one.id, one.text("phase")) for one in register.find(Query("initiative"))]
    shared = {new: {"phase": new} for new in moved.values()}
    changes = {record_id: shared[moved[key]] for record_id, key in there if key in moved}

    def change(writer: Writer) -> int:
        _put_phases(writer, phases)
        return len(writer.change_many("initiative", changes))

    return register.transact(op, change, source=source, detail=detail).result


def _rewrite(
    register: Register, op: Op, phases: Sequence[Phase], *, detail: str, result: T, source: str
) -> T:
    register.transact(op, lambda writer: _put_phases(writer, phases), source=source, detail=detail)
    return result


def _put_phases(writer: Writer, phases: Sequence[Phase]) -> None:
    """Make the records say exactly these phases; those that stay keep their records."""
    there = {writer.get("phase", one).text("key"): one for one in writer.find_ids("phase")}
    for place, phase in enumerate(phases):
        values = phase_values(phase, place)
        record_id = there.pop(phase.key, None)
        if record_id is None:
            writer.put("phase", values)
        else:
            writer.change("phase", record_id, values)
    for record_id in there.values():
        writer.drop("phase", record_id)


def _get(phases: Sequence[Phase], key: str) -> Phase:
    for phase in phases:
        if phase.key == key:
            return phase
    raise KeyError(key)


def _checked(others: Sequence[Phase], da: str, en: str) -> str:
    """The Danish name, when both can be told from those of the other phases."""
    if not da:
        raise Problem(
            _("A phase needs a name in Danish."),
            meaning=_("Nothing was changed."),
            advice=_("Write a name of a few words."),
            code="no_name",
        )
    names = {name.casefold() for phase in others for name in (phase.da, phase.en) if name}
    for name in filter(None, (da, en)):
        if name.casefold() in names:
            raise Problem(
                _("There is a phase called “{name}” already.").format(name=name),
                meaning=_("Nothing was changed."),
                advice=_("Choose another name."),
                code="name_taken",
            )
    return da
