"""When backups go by themselves."""

from __future__ import annotations

from datetime import date, timedelta

from coi_desktop.models.backup_ends import expected_ends
from coi_desktop.models.thinning import Kept

TODAY = date(2026, 11, 22)


def test_one_of_several_of_a_day_goes_soon_and_the_last_of_a_month_within_thirteen() -> None:
    backups = [Kept(1, date(2026, 10, 31), 100), Kept(2, TODAY, 100), Kept(3, TODAY, 100)]
    ends = expected_ends(backups, TODAY)
    assert ends[2] - TODAY <= timedelta(days=11)
    assert timedelta(days=300) < ends[1] - TODAY < timedelta(days=400)
    assert set(ends) == {1, 2, 3}


def test_without_backups_nothing_ends() -> None:
    assert expected_ends([], TODAY) == {}
