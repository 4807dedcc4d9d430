"""When backups go by themselves, if one is written every day from now on."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta

from coi_desktop.models.thinning import Kept, plan_thinning

_LONGEST_DAYS = 500


def expected_ends(backups: Iterable[Kept], today: date) -> dict[int, date]:
    """The day each of ``backups`` goes, by its sequence number, with one new backup a day from tomorrow on.

    Those that would still be there after 500 days are left out: nothing can be promised of them.
    """
    kept = {one.sequence: one for one in backups}
    waiting, ends = set(kept), dict[int, date]()
    newest = max(kept, default=0)
    amount = kept[newest].amount if kept else 0
    day = today
    while waiting and day < today + timedelta(days=_LONGEST_DAYS):
        day += timedelta(days=1)
        newest += 1
        kept[newest] = Kept(newest, day, amount)
        for gone in plan_thinning(kept.values()):
            del kept[gone]
            if gone in waiting:
                waiting.discard(gone)
                ends[gone] = day
    return ends
