"""Suggestions of methods: from what is answered so far to an approach and a few methods, each with why.

The rules are data (``methods.toml`` of the guide) and speak the guide's own condition language. Of the
approaches the first whose condition holds is suggested, and those that add come on top of it; of the method
rules every one that holds suggests its methods, in the order they stand.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from coi_desktop.i18n import LANGUAGES, current_language
from coi_desktop.models.condition_checks import ConditionChecks
from coi_desktop.models.conditions import Condition
from coi_desktop.models.guide import Guide
from coi_desktop.models.guide_answers import Sight
from coi_desktop.models.guide_table import GuideTable
from coi_desktop.models.method_cards import METHODS
from coi_desktop.models.vocabulary import Vocabulary

FILE = "methods.toml"
APPROACHES = "approach"
DESIGNS = "design"

Reason = Mapping[str, str]


@dataclass(frozen=True, slots=True)
class SuggestionRule:
    """When the condition holds, these keys are suggested for this reason (by language).

    ``adds``: an approach that comes on top of the chosen one. ``design``: a comparison that is offered too.
    """

    id: str
    condition: Condition
    suggests: tuple[str, ...]
    reason: Reason
    adds: bool = False
    design: str = ""


@dataclass(frozen=True, slots=True)
class Suggestion:
    """A key that is suggested, and every reason for it in one language."""

    key: str
    reasons: tuple[str, ...]

    @property
    def reason(self) -> str:
        """All reasons as one text."""
        return " ".join(self.reasons)


@dataclass(frozen=True, slots=True)
class Suggestions:
    """What is suggested: approaches, the methods to show, those to fold away, and comparisons."""

    approaches: tuple[Suggestion, ...]
    methods: tuple[Suggestion, ...]
    more: tuple[Suggestion, ...]
    designs: tuple[Suggestion, ...]


@dataclass(frozen=True, slots=True)
class MethodRules:
    """The rules in their order, and how many methods are shown unfolded."""

    shown: int
    approaches: tuple[SuggestionRule, ...]
    methods: tuple[SuggestionRule, ...]

    def suggest(
        self, sight: Sight, further: Iterable[Suggestion] = (), language: str | None = None
    ) -> Suggestions:
        """What suits the answers, in ``language`` or the one spoken now. ``further`` are methods suggested
        elsewhere; they follow those of the rules.
        """
        language = language or current_language()
        holding = [rule for rule in self.methods if sight.fulfils(rule.condition)]
        methods = _gathered(
            [
                *((key, rule.reason[language]) for rule in holding for key in rule.suggests),
                *((one.key, reason) for one in further for reason in one.reasons),
            ]
        )
        return Suggestions(
            approaches=self._approaches(sight, language),
            methods=methods[: self.shown],
            more=methods[self.shown :],
            designs=_gathered([(rule.design, rule.reason[language]) for rule in holding if rule.design]),
        )

    def _approaches(self, sight: Sight, language: str) -> tuple[Suggestion, ...]:
        holding = [rule for rule in self.approaches if sight.fulfils(rule.condition)]
        first = [rule for rule in holding if not rule.adds][:1]
        added = [rule for rule in holding if rule.adds]
        return _gathered([(key, rule.reason[language]) for rule in (*first, *added) for key in rule.suggests])


def parse_method_rules(table: Mapping[str, Any], guide: Guide, vocabulary: Vocabulary) -> MethodRules:
    """The rules of a parsed ``methods.toml``. GuideError, naming file and place, at the first mistake: a key
    that is in no list, a condition that names nothing of the guide or can never hold, a missing reason.
    """
    top = GuideTable(FILE, "", table)
    checks = ConditionChecks(guide, vocabulary, FILE)
    shown = top.whole("shown")
    approaches = [_approach(one, vocabulary) for one in top.tables("approach")]
    methods = [_method(one, vocabulary) for one in top.tables("method")]
    top.close()
    seen: set[str] = set()
    for rule in (*approaches, *methods):
        if rule.id in seen:
            top.fail(f"the rule {rule.id!r} stands twice")
        seen.add(rule.id)
        checks.check_elsewhere(rule.condition, rule.id)
    if shown < 1 or not approaches or not methods:
        top.fail("expected rules for approaches and methods, and at least one method shown")
    return MethodRules(shown, tuple(approaches), tuple(methods))


def _approach(table: GuideTable, vocabulary: Vocabulary) -> SuggestionRule:
    suggests = table.one_of("suggests", vocabulary.keys(APPROACHES))
    rule = SuggestionRule(
        table.text("id"), _condition(table), (suggests,), _reason(table), table.flag("adds", False)
    )
    table.close()
    return rule


def _method(table: GuideTable, vocabulary: Vocabulary) -> SuggestionRule:
    suggests = table.texts("suggests")
    for key in suggests:
        if not vocabulary.has(METHODS, key):
            table.fail(f"there is no method {key!r}", at="suggests")
    design = table.one_of("design", vocabulary.keys(DESIGNS), "")
    rule = SuggestionRule(table.text("id"), _condition(table), suggests, _reason(table), design=design)
    table.close()
    return rule


def _condition(table: GuideTable) -> Condition:
    condition = table.condition("when")
    if condition is None:
        table.fail("missing", at="when")
    return condition


def _reason(table: GuideTable) -> Reason:
    texts = table.texts("reason")
    if len(texts) != len(LANGUAGES):
        table.fail("expected two texts, Danish and English", at="reason")
    return dict(zip(LANGUAGES, texts, strict=True))


def _gathered(said: Iterable[tuple[str, str]]) -> tuple[Suggestion, ...]:
    """Each key once, where it is first suggested, with all its reasons."""
    reasons: dict[str, list[str]] = {}
    for key, reason in said:
        known = reasons.setdefault(key, [])
        if reason not in known:
            known.append(reason)
    return tuple(Suggestion(key, tuple(found)) for key, found in reasons.items())
