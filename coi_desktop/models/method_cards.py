"""Method cards: what a method is, good for, costs and takes, under the same six headings for every method.

The words stand in ``cards.da.toml`` and ``cards.en.toml`` of the guide. Hours and time are indicative; a unit
may put its own in their place (records ``method_estimate``).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from types import MappingProxyType
from typing import Any

from coi_desktop.i18n import LANGUAGES, N_, _, current_language
from coi_desktop.models.guide_table import GuideTable
from coi_desktop.models.records import Record
from coi_desktop.models.vocabulary import Vocabulary

#: The value list of all methods.
METHODS = "method"

#: The six headings of a card, by the field that stands below each, in the order they are shown.
HEADINGS: Mapping[str, str] = MappingProxyType(
    {
        "brief": N_("The method in brief"),
        "good_for": N_("Good for"),
        "watch": N_("Watch out for"),
        "data": N_("Kind of data"),
        "hours": N_("Use of resources"),
        "time": N_("Time to result"),
    }
)

#: The fields a unit can set itself.
ESTIMATES = ("hours", "time")


@dataclass(frozen=True, slots=True)
class MethodCard:
    """The card of one method in one language. ``hours`` and ``time`` are texts: "15–40", "3–6 weeks".

    ``is_own``: hours or time are the unit's, not the delivered ones.
    """

    method: str
    brief: str
    good_for: str
    watch: str
    data: str
    hours: str
    time: str
    is_own: bool = False

    def parts(self) -> tuple[tuple[str, str], ...]:
        """The headings in the language spoken now, each with its text; hours and time say they are
        indicative.
        """
        found = []
        for field, heading in HEADINGS.items():
            text: str = getattr(self, field)
            if field == "hours":
                text = _("{hours} hours").format(hours=text) if text[-1:].isdigit() else text
            if field in ESTIMATES and not self.is_own:
                text = _("{estimate} (indicative)").format(estimate=text)
            found.append((_(heading), text))
        return tuple(found)


def cards_file(language: str) -> str:
    """The name of the file that holds the cards in ``language``."""
    return f"cards.{language}.toml"


@dataclass(frozen=True)
class MethodCards:
    """All cards by language and method."""

    by_language: Mapping[str, Mapping[str, MethodCard]]

    def card(self, method: str, language: str | None = None) -> MethodCard:
        """The card of a method in ``language`` or the one spoken now; KeyError when there is none."""
        return self.by_language[language or current_language()][method]

    def with_estimates(self, records: Iterable[Record]) -> MethodCards:
        """The same cards with a unit's own hours and times in their place, in every language."""
        changed = {language: dict(cards) for language, cards in self.by_language.items()}
        for record in records:
            own = {field: record.text(field) for field in ESTIMATES if record.text(field)}
            for cards in changed.values():
                card = cards.get(record.text("method"))
                if card is not None and own:
                    cards[card.method] = replace(card, **own, is_own=True)
        return MethodCards(changed)


def parse_method_cards(texts: Mapping[str, Mapping[str, Any]], vocabulary: Vocabulary) -> MethodCards:
    """The cards of the parsed files by language, in the order of the value list ``method``.

    GuideError, naming file and place, for a method without a card, a card without a method, and anything but
    the six texts.
    """
    found: dict[str, dict[str, MethodCard]] = {}
    for language in LANGUAGES:
        top = GuideTable(cards_file(language), "", texts[language])
        found[language] = {method: _card(top.table(method), method) for method in vocabulary.keys(METHODS)}
        top.close()
    return MethodCards(found)


def _card(table: GuideTable, method: str) -> MethodCard:
    texts = {field: table.text(field) for field in HEADINGS}
    table.close()
    return MethodCard(method, **texts)  # type: ignore[arg-type]  # the fields of the card are texts
