"""What the board says of initiatives that went to another phase, and how several go there at once."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from coi_desktop.i18n import _, current_language, ngettext
from coi_desktop.models.text import format_number
from coi_desktop.operations.phase_moves import ManyMoved, move_many_to_phase
from coi_desktop.operations.phases import get_phases
from coi_desktop.ui.desk import Desk
from coi_desktop.ui.jobs import Work
from coi_desktop.ui.notices import NextStep
from coi_desktop.ui.plain import isolated
from coi_desktop.ui.undoing import undo_step


def move_several(desk: Desk, ids: Sequence[str], phase: str, done: Callable[[], None]) -> None:
    """Put initiatives into a phase as one step, off the window's thread; ``done`` is called when they are
    there.
    """

    def take(moved: ManyMoved) -> None:
        desk.register.catch_up(moved.changes)
        done()
        _tell_several(desk, moved, phase)

    if desk.routes.flush():
        job = move_many_to_phase(desk.register, ids, phase)
        desk.runner.run(Work(_("Moving what is chosen"), job, take, writes=True))


def tell_moved(desk: Desk, record_id: str, phase: str, *, is_ungated: bool) -> None:
    """Say in a notice where an initiative stands now, and offer its gate where nothing is decided there."""
    title = isolated(desk.register.get("initiative", record_id).text("title"))
    steps = [undo_step(desk)]
    if is_ungated:
        steps.append(_gate_step(desk, record_id))
    desk.notices.show_done(
        _("“{title}” stands in {phase} now.").format(title=title, phase=_name(desk, phase)), steps
    )


def _tell_several(desk: Desk, moved: ManyMoved, phase: str) -> None:
    if len(moved.moved) == 1:
        tell_moved(desk, moved.moved[0], phase, is_ungated=bool(moved.ungated))
    elif moved.moved:
        said = [_counted(len(moved.moved), phase=_name(desk, phase))]
        steps = [undo_step(desk)]
        if missing := len(moved.ungated):
            said.append(_counted_gates(missing))
            steps.append(_gate_step(desk, moved.ungated[0]))
        desk.notices.show_done(" ".join(said), steps)


def _counted(count: int, *, phase: str) -> str:
    text = ngettext(
        "{count} initiative stands in {phase} now.", "{count} initiatives stand in {phase} now.", count
    )
    return text.format(count=format_number(count, current_language()), phase=phase)


def _counted_gates(count: int) -> str:
    text = ngettext(
        "For {count} of them no decision is noted at the gate it left.",
        "For {count} of them no decision is noted at the gate they left.",
        count,
    )
    return text.format(count=format_number(count, current_language()))


def _gate_step(desk: Desk, record_id: str) -> NextStep:
    return NextStep(_("Note the &gate"), lambda: desk.routes.show_record("initiatives", record_id, "phases"))


def _name(desk: Desk, phase: str) -> str:
    names = {one.key: one.label() for one in get_phases(desk.register)}
    return isolated(names.get(phase, _("In no phase")))
