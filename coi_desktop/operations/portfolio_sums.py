"""The figures of a whole portfolio for whoever waits for them: read in batches, nothing of which is kept."""

from __future__ import annotations

from datetime import date

from coi_desktop.i18n import _
from coi_desktop.models.portfolio_figures import PortfolioSums, PortfolioTotals
from coi_desktop.models.progress import Job, Progress, run_to_end
from coi_desktop.models.records import Snapshot
from coi_desktop.operations.figures import figures_catalogue
from coi_desktop.store.register import Register


def sum_portfolio(source: Register | Snapshot, day: date) -> tuple[PortfolioTotals, Snapshot]:
    """The totals of a portfolio on a day, and a snapshot with the unit's own words, both of one revision."""
    return run_to_end(add_up_portfolio(source, day))


def add_up_portfolio(source: Register | Snapshot, day: date) -> Job[tuple[PortfolioTotals, Snapshot]]:
    """``sum_portfolio`` as a job, for the thread that ``source`` belongs to."""
    if isinstance(source, Snapshot):
        sums = PortfolioSums(source, figures_catalogue(), today=day)
        _add_all(sums, source)
        return sums.totals(), source
    total = source.count("initiative")
    while True:  # again when somebody writes meanwhile
        start = source.read_start()
        sums = PortfolioSums(start, figures_catalogue(), today=day)
        batches, is_of_start = source.iter_batches(), True
        while is_of_start:
            try:
                batch = next(batches)
            except StopIteration as end:
                if end.value:
                    return sums.totals(), start
                break
            if batch is not None:
                is_of_start = batch.snapshot.revision == start.revision
                _add_all(sums, batch.snapshot)
                yield Progress(batch.done, total, _("Gathering"))


def _add_all(sums: PortfolioSums, snapshot: Snapshot) -> None:
    for initiative in snapshot.rows("initiative"):
        sums.add(snapshot, initiative)
