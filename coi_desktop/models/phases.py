"""The phases a unit works by: their order, what each produces, what is asked before it is left, and the stage
of the solution that it suggests. Templates of them are written in ``resources/catalogue/phases.toml``.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from types import MappingProxyType
from typing import Any, NamedTuple

from coi_desktop.i18n import current_language
from coi_desktop.models.own_words import PHASES
from coi_desktop.models.records import Record, Values
from coi_desktop.models.strict_tables import CatalogueError, StrictTable
from coi_desktop.models.vocabulary import Vocabulary

FILE = "phases.toml"
_TEXTS = ("key", "da", "en", "product_da", "product_en")
_LISTS = ("checklist_da", "checklist_en")


class Phase(NamedTuple):
    """One phase. ``stage`` is the key of the stage it suggests, or empty; a checklist has a line an item."""

    key: str
    da: str
    en: str
    stage: str = ""
    product_da: str = ""
    product_en: str = ""
    checklist_da: tuple[str, ...] = ()
    checklist_en: tuple[str, ...] = ()

    def label(self, language: str | None = None) -> str:
        """The phase's name for people."""
        return self.da if _is_danish(language) else self.en or self.da

    def product(self, language: str | None = None) -> str:
        """What the phase produces, for people; empty when nothing is said."""
        return self.product_da if _is_danish(language) else self.product_en or self.product_da

    def checklist(self, language: str | None = None) -> tuple[str, ...]:
        """What is asked before the phase is left, for people."""
        return self.checklist_da if _is_danish(language) else self.checklist_en or self.checklist_da


class PhaseTemplate(NamedTuple):
    """A set of phases that a unit can choose."""

    name: str
    da: str
    en: str
    phases: tuple[Phase, ...]

    def label(self, language: str | None = None) -> str:
        """The template's name for people."""
        return self.da if _is_danish(language) else self.en


def _is_danish(language: str | None) -> bool:
    return (language or current_language()) == "da"


def parse_phase_templates(tables: Mapping[str, Any], vocabulary: Vocabulary) -> Mapping[str, PhaseTemplate]:
    """The templates of the parsed file, in its order.

    Raises CatalogueError, naming the place, for anything unknown or missing, a key or a name that stands
    twice, a checklist with other items in the other language, and a first template that is not that of the
    value list.
    """
    templates: dict[str, PhaseTemplate] = {}
    for name, values in tables.items():
        table = StrictTable(f"{FILE}: [{name}]", values, ("da", "en", "phases"))
        phases = tuple(
            _parse_phase(f"{FILE}: [{name}] {place}", one, vocabulary)
            for place, one in enumerate(values.get("phases") or (), start=1)
        )
        for names in ([one.key for one in phases], [one.da for one in phases], [one.en for one in phases]):
            if not names or len(set(names)) < len(names):
                raise CatalogueError(f"{table.place}: no phases, or one that stands twice")
        templates[name] = PhaseTemplate(name, table.text("da"), table.text("en"), phases)
    first = next(iter(templates.values()), None)
    keys = vocabulary.value_list(PHASES).words
    if first is None or [(one.key, one.da, one.en) for one in first.phases] != [
        (key, words["da"], words["en"]) for key, words in keys.items()
    ]:
        raise CatalogueError(f"{FILE}: the first template has other phases than the list {PHASES}")
    return MappingProxyType(templates)


def _parse_phase(place: str, values: object, vocabulary: Vocabulary) -> Phase:
    table = StrictTable(place, values, (*_TEXTS, "stage", *_LISTS))
    checklists = [table.texts(name) for name in _LISTS]
    stage = table.optional_text("stage")
    if stage and not vocabulary.has("stage", stage):
        raise CatalogueError(f"{place}: there is no stage {stage!r}")
    if len(checklists[0]) != len(checklists[1]):
        raise CatalogueError(f"{place}: the checklists differ in length")
    key, da, en, product_da, product_en = map(table.text, _TEXTS)
    return Phase(key, da, en, stage, product_da, product_en, *checklists)


def phase_of(record: Record) -> Phase:
    """The phase in a record of the register."""
    key, da, en, stage, product_da, product_en = map(
        record.text, ("key", "da", "en", "stage", "product_da", "product_en")
    )
    return Phase(key, da, en, stage, product_da, product_en, *(_lines(record.text(name)) for name in _LISTS))


def phase_values(phase: Phase, place: int) -> Values:
    """The values of the record of a phase that stands at a place."""
    values = {name: value or None for name, value in phase._asdict().items() if name not in _LISTS}
    lists = {name: "\n".join(getattr(phase, name)) or None for name in _LISTS}
    return {**values, **lists, "place": place}


def _lines(text: str) -> tuple[str, ...]:
    return tuple(line.strip() for line in text.splitlines() if line.strip())


def stages_of(phases: Sequence[Phase]) -> Mapping[str, str]:
    """The stage that each phase suggests, by the phase's key; phases that suggest none are left out."""
    return {phase.key: phase.stage for phase in phases if phase.stage}


def propose_mapping(old: Sequence[Phase], new: Sequence[Phase]) -> dict[str, str]:
    """Where the initiatives of each old phase would go among the new ones: to the phase with the same key or
    name, else to the last one that suggests the same stage, else to the one that stands as far along.
    """
    proposed: dict[str, str] = {}
    for place, phase in enumerate(old):
        same = [one for one in new if one.key == phase.key or one.da.casefold() == phase.da.casefold()]
        alike = [one for one in new if one.stage and one.stage == phase.stage]
        along = new[round(place / max(len(old) - 1, 1) * (len(new) - 1))]
        proposed[phase.key] = (same[:1] or alike[-1:] or [along])[0].key
    return proposed
