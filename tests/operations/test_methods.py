"""Estimates of methods as the unit sets them: one step each, and the delivered ones come back."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from coi_desktop.operations.library import method_cards
from coi_desktop.operations.methods import cards_of, set_estimate
from coi_desktop.store.register import Register


@pytest.fixture
def register(tmp_path: Path) -> Iterator[Register]:
    with Register.create(tmp_path / "register.coi") as register:
        yield register


def test_an_estimate_is_set_changed_and_undone(register: Register) -> None:
    assert set_estimate(register, "survey", " 60 hos  os ", "") is True
    assert (cards_of(register).card("survey", "en").hours) == "60 hos os"
    assert set_estimate(register, "survey", "60 hos os", "") is False
    assert set_estimate(register, "survey", "70", "to måneder") is True
    assert cards_of(register).card("survey").time == "to måneder"
    register.undo()
    assert cards_of(register).card("survey").hours == "60 hos os"


def test_an_empty_or_delivered_estimate_gives_the_delivered_one_back(register: Register) -> None:
    set_estimate(register, "survey", "60", "to måneder")
    assert set_estimate(register, "survey", "", method_cards().card("survey", "da").time) is True
    assert cards_of(register).by_language == method_cards().by_language
    assert set_estimate(register, "survey", "", "") is False


def test_there_is_no_estimate_of_an_unknown_method(register: Register) -> None:
    with pytest.raises(KeyError):
        set_estimate(register, "horoscope", "1", "1")
