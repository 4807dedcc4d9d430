"""How an initiative stands: its lights as they are worked out now, and reports that keep them."""

from __future__ import annotations

from coi_desktop.models.clock import today
from coi_desktop.models.economy_figures import is_counted
from coi_desktop.models.lights import Lights
from coi_desktop.models.portfolio_figures import initiative_lights
from coi_desktop.models.records import Record, Value, Values
from coi_desktop.operations.evaluations import find_evaluations
from coi_desktop.operations.figures import figures_catalogue
from coi_desktop.operations.initiatives import add_row
from coi_desktop.store.register import Register


def find_lights(register: Register, initiative_id: str) -> Lights:
    """The lights of an initiative as they are now, as the portfolio shows them. KeyError when it is gone."""
    initiative = register.get("initiative", initiative_id)
    evaluations = find_evaluations(register, initiative_id)
    benefits = [
        benefit
        for benefit in register.children("benefit", initiative_id)
        if not evaluations or is_counted(benefit, evaluations[0].id)
    ]
    risks = register.children("risk", initiative_id)
    return initiative_lights(initiative, benefits, risks, figures_catalogue(), today(register.clock))


def _first_values(register: Register, initiative_id: str) -> dict[str, Value]:
    """What a report of today begins with: the day, the lights of now, and the worst of them as suggestion."""
    lights = find_lights(register, initiative_id)
    named = {
        "time": lights.time,
        "cost": lights.cost,
        "benefit": lights.benefit,
        "risk": lights.risk,
        "suggested": lights.overall,
        "overall": lights.overall,
    }
    first: dict[str, Value] = {"date": today(register.clock)}
    return first | {name: light.value for name, light in named.items() if light is not None}


def add_status_report(
    register: Register, initiative_id: str, values: Values | None = None, *, source: str = ""
) -> str:
    """Make a report on an initiative and return its id; what ``values`` does not say is filled in as it is
    now.
    """
    whole = {**_first_values(register, initiative_id), **(values or {}), "initiative_id": initiative_id}
    return add_row(register, "status_report", whole, source=source)


def find_reports(register: Register, initiative_id: str) -> tuple[Record, ...]:
    """The reports on an initiative, the newest first; those without a day last."""
    found = register.children("status_report", initiative_id)
    return tuple(sorted(found, key=lambda one: str(one["date"] or "")))[::-1]


def lacks_reason(report: Record) -> bool:
    """Whether a report shows another light than the suggested one and does not say why (section 8.5)."""
    chosen, suggested = report.text("overall"), report.text("suggested")
    return bool(chosen and suggested and chosen != suggested and not report.text("reason"))
