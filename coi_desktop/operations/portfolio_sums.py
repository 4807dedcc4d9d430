"""The figures of a whole portfolio for whoever waits for them: read in batches, nothing of which is kept."""

from __future__ import annotations

from datetime import date

from coi_desktop.models.portfolio_figures import PortfolioSums, PortfolioTotals
from coi_desktop.models.records import Snapshot
from coi_desktop.operations.figures import figures_catalogue
from coi_desktop.store.register import Register


def sum_portfolio(source: Register | Snapshot, day: date) -> tuple[PortfolioTotals, Snapshot]:
    """The totals of a portfolio on a day, and a snapshot with the unit's own words, both of one revision."""
    if isinstance(source, Snapshot):
        sums = PortfolioSums(source, figures_catalogue(), today=day)
        _add_all(sums, source)
        return sums.totals(), source
    while True:  # again when another program writes meanwhile
        start = source.read_start()
        sums = PortfolioSums(start, figures_catalogue(), today=day)
        batches = source.iter_batches()
        while True:
            try:
                batch = next(batches)
            except StopIteration as end:
                if end.value and source.revision == start.revision:
                    return sums.totals(), start
                break
            if batch is not None:
                _add_all(sums, batch.snapshot)


def _add_all(sums: PortfolioSums, snapshot: Snapshot) -> None:
    for initiative in snapshot.rows("initiative"):
        sums.add(snapshot, initiative)
