"""Drawing a theory of change: a box with its arrows is one step, as is every change of one.

Texts, levels, arrows and removals go through ``answering`` as those of every table of the guide.
"""

from __future__ import annotations

from collections.abc import Sequence

from coi_desktop.errors import Problem
from coi_desktop.i18n import N_, _
from coi_desktop.models.changes import Op
from coi_desktop.operations.answering import change_evaluation
from coi_desktop.store.register import Register
from coi_desktop.store.writer import Writer

ADD_BOX = Op("evaluation.add_box", N_("Add box to theory of change"))


def add_box(
    register: Register,
    evaluation_id: str,
    level: str,
    text: str,
    *,
    after: str = "",
    ends: Sequence[str] = (),
    starts: Sequence[str] = (),
    position: str = "",
) -> str:
    """Add a box of a level and return its id; behind the box ``after``, else behind all others.

    ``ends`` are the boxes it leads to, ``starts`` those that lead to it. Problem ``no_box`` when one of them
    is not a box of this evaluation; nothing is added then.
    """

    def change(writer: Writer) -> str:
        boxes = writer.find_child_ids("theory_node", evaluation_id)
        if not set(boxes).issuperset({*ends, *starts}):
            raise _no_box()
        ordered = sorted(boxes, key=lambda box_id: _sort(writer, box_id))
        place = ordered.index(after) + 1 if after in ordered else len(ordered)
        values = {"evaluation_id": evaluation_id, "level": level, "text": text}
        added = writer.put("theory_node", values)
        ordered.insert(place, added)
        for number, box_id in enumerate(ordered, 1):
            if _sort(writer, box_id) != number:
                writer.change("theory_node", box_id, {"sort": number})
        for end in dict.fromkeys(ends):
            writer.put("theory_link", {"from_id": added, "to_id": end})
        for start in dict.fromkeys(starts):
            writer.put("theory_link", {"from_id": start, "to_id": added})
        return added

    return change_evaluation(register, ADD_BOX, evaluation_id, change, position=position)


def _sort(writer: Writer, box_id: str) -> int:
    return writer.get("theory_node", box_id).integer("sort") or 0


def _no_box() -> Problem:
    return Problem(
        _("One of the boxes for the arrows is not there any more."),
        meaning=_("Nothing was added."),
        advice=_("Look which boxes there are now, and try again."),
        code="no_box",
    )
