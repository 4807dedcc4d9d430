"""Methods of an evaluation: what is suggested, the cards with the unit's own estimates, and setting
these.
"""

from __future__ import annotations

from collections.abc import Iterator

from coi_desktop.i18n import N_, _
from coi_desktop.models.changes import Op
from coi_desktop.models.folding import clean_line
from coi_desktop.models.method_cards import ESTIMATES, METHODS, MethodCards
from coi_desktop.models.method_rules import Suggestion, Suggestions
from coi_desktop.models.query import Query
from coi_desktop.models.records import Values
from coi_desktop.models.walkthrough import Walkthrough
from coi_desktop.operations.library import indicator_catalogue, method_cards, method_rules, words_of
from coi_desktop.store.register import Register
from coi_desktop.store.writer import Writer

ESTIMATE = Op("method.estimate", N_("Set hours and time of method"))


def suggest_methods(walkthrough: Walkthrough) -> Suggestions:
    """Approach, methods and comparisons that suit the answers, in the language spoken now."""
    return method_rules().suggest(walkthrough.sight, _from_catalogue(walkthrough))


def _from_catalogue(walkthrough: Walkthrough) -> Iterator[Suggestion]:
    """The method that usually gives the number, for every indicator that began with the catalogue."""
    methods = {entry.key: entry.methods[0] for entry in indicator_catalogue()}
    for row in walkthrough.sight.rows("indicators.indicators"):
        method = methods.get(str(row.get("catalog_key")))
        if method is not None:
            reason = _("It usually gives the number for “{indicator}”.")
            yield Suggestion(method, (reason.format(indicator=str(row.get("name") or "")),))


def cards_of(register: Register) -> MethodCards:
    """The method cards with the hours and times the unit has set itself."""
    own = register.find(Query("method_estimate"))
    return method_cards().with_estimates(own) if own else method_cards()


def set_estimate(register: Register, method: str, hours: str, time: str, *, source: str = "") -> bool:
    """Set the hours and the time of a method's card, as short texts; what is empty or as delivered is the
    delivered one again. False when nothing changed. KeyError when there is no such method.
    """
    words = words_of(register)
    if not words.has(METHODS, method):
        raise KeyError(method)
    typed = dict(zip(ESTIMATES, (clean_line(hours), clean_line(time)), strict=True))
    delivered = [method_cards().card(method, language) for language in ("da", "en")]
    own: Values = {
        field: None if any(getattr(card, field) == text for card in delivered) else text or None
        for field, text in typed.items()
    }
    found = next((one for one in register.find(Query("method_estimate")) if one["method"] == method), None)

    def change(writer: Writer) -> bool:
        if found is None:
            if any(own.values()):
                writer.put("method_estimate", {"method": method, **own})
                return True
            return False
        if not any(own.values()):
            writer.drop("method_estimate", found.id)
            return True
        return writer.change("method_estimate", found.id, own)

    return register.transact(ESTIMATE, change, source=source, detail=words.label(METHODS, method)).result
