"""What must hold across a whole guide: phases in order, places of one's own, every question on a path."""

from __future__ import annotations

from coi_desktop.models.condition_checks import ConditionChecks
from coi_desktop.models.guide import Guide, GuideError, Path
from coi_desktop.models.vocabulary import Vocabulary


def check_guide(guide: Guide, vocabulary: Vocabulary, file: str) -> None:
    """Raise GuideError at the first thing that does not hold across the guide."""
    _check_phases(guide, file)
    _check_places(guide, file)
    _check_former_ids(guide, file)
    _check_former_columns(guide, file)
    conditions = ConditionChecks(guide, vocabulary, file)
    for step in guide.steps:
        conditions.check_step(step)
    _check_paths(guide, file)


def _check_phases(guide: Guide, file: str) -> None:
    latest = 0
    for step in guide.steps:
        if guide.phases.index(step.phase) < latest:
            raise GuideError(file, step.id, "the steps do not follow the order of the phases")
        latest = guide.phases.index(step.phase)
    for phase in guide.phases:
        if all(step.phase != phase for step in guide.steps):
            raise GuideError(file, "phases", f"no step belongs to {phase!r}")


def _check_places(guide: Guide, file: str) -> None:
    """Two questions that store in one place would overwrite each other."""
    taken: dict[str, str] = {}
    for question in guide.by_id.values():
        for place in (question.table,) if question.table else tuple(map(str, question.places)):
            if place in taken:
                raise GuideError(file, question.id, f"{place} is stored by {taken[place]} already")
            taken[place] = question.id


def _check_former_ids(guide: Guide, file: str) -> None:
    """An id that is in use, or was that of two, would give answers to the wrong question."""
    seen: dict[str, str] = {}
    for step in guide.steps:
        for question in step.questions:
            local = question.id.partition(".")[2]
            for former in (*(f"{one}.{local}" for one in step.formerly), *question.formerly):
                if former in guide.by_id or seen.get(former, question.id) != question.id:
                    raise GuideError(file, question.id, f"{former!r} is the id of another question")
                seen[former] = question.id


def _check_former_columns(guide: Guide, file: str) -> None:
    """The same for the columns of each table."""
    for question in guide.by_id.values():
        names = [column.id for column in question.columns]
        names += [former for column in question.columns for former in column.formerly]
        for name in names:
            if names.count(name) > 1:
                raise GuideError(file, question.id, f"{name!r} is the id of another column")


def _check_paths(guide: Guide, file: str) -> None:
    if sorted(path.depth for path in guide.paths) != sorted(guide.depths):
        raise GuideError(file, "path", "every depth has exactly one path")
    for path in guide.paths:
        on_path = _questions_on(path, guide, file)
        in_sight = {question_id for screen in path.screens for question_id in screen.questions}
        for question in guide.by_id.values():
            if question.id not in in_sight and guide.is_required(question, path.depth):
                raise GuideError(file, path.id, f"{question.id} is required, but on no screen of the path")
            if question.id not in on_path:
                raise GuideError(file, path.id, f"{question.id} is on no screen of the path")


def _questions_on(path: Path, guide: Guide, file: str) -> set[str]:
    found: set[str] = set()
    for screen in path.screens:
        for question_id in (*screen.questions, *screen.folded):
            place = f"{path.id} {screen.id}"
            if question_id not in guide.by_id:
                raise GuideError(file, place, f"there is no question {question_id!r}")
            if question_id in found:
                raise GuideError(file, place, f"{question_id} stands twice on the path")
            found.add(question_id)
    return found
