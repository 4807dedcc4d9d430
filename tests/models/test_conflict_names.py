"""Names of editions put aside, as the programs themselves give them, and names that only look alike."""

from __future__ import annotations

import pytest

from coi_desktop.models.conflict_names import Likeness, likeness


@pytest.mark.parametrize(
    "name",
    [
        "register (Annes PCs konfliktkopi 2026-11-22).coi",
        "register (PC2's conflicted copy 2026-11-22).coi",
        "register (conflicted copy 2026-11-22 101500).coi",
        "register_conflict-20261122-101500.coi",
        "register.sync-conflict-20261122-101500-ABCDEFG.coi",
        "register [Conflict].coi",
        "Register (Case Conflict).COI",
        "register.conflict1.coi",
    ],
)
def test_what_says_that_it_is_one(name: str) -> None:
    assert likeness("register.coi", name) is Likeness.CERTAIN


@pytest.mark.parametrize(
    "name",
    [
        "register-PC2.coi",
        "register-KOMMUNE-PC-0471.coi",
        "register-PC2-2.coi",
        "register 2.coi",
        "register (1).coi",
        "register(1).coi",
        "register - Kopi.coi",
        "register - Copy (2).coi",
    ],
)
def test_what_may_be_one(name: str) -> None:
    assert likeness("register.coi", name) is Likeness.POSSIBLE


@pytest.mark.parametrize(
    "name",
    [
        "register.coi",
        "REGISTER.COI",
        "register.coi-journal",
        "register.coi.lock",
        "register 2026-11-22 10.42.coi",
        "register (flyttet 2026-11-22).coi",
        "registeret.coi",
        "konflikt.coi",
        "register-PC2.xlsx",
        "andet-PC2.coi",
    ],
)
def test_what_is_none(name: str) -> None:
    assert likeness("register.coi", name) is Likeness.NONE
