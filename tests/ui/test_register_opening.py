"""A register that lies in the cloud only is fetched when that is wanted, and never by the way."""

from __future__ import annotations

from pathlib import Path

import pytest

from coi_desktop.errors import Problem
from coi_desktop.operations.registers import create_register
from coi_desktop.settings import Settings
from coi_desktop.ui.register_opening import RegisterOpening
from tests.ui.fakes import FakePrompts


@pytest.fixture
def path(tmp_path: Path) -> Path:
    made = tmp_path / "register.coi"
    create_register(made).close()
    return made


def opening(prompts: FakePrompts, folder: Path, *, is_away: bool = True) -> RegisterOpening:
    settings = Settings.read(folder / "settings.json")
    return RegisterOpening(settings, prompts, is_away=lambda _path: is_away)


def test_it_is_opened_when_that_is_wanted_and_asked_once(path: Path, tmp_path: Path) -> None:
    prompts = FakePrompts(choices=["fetch"])
    opens = opening(prompts, tmp_path)
    opens.open(path, may_make=False).register.close()
    opens.open(path, may_make=False).register.close()
    assert prompts.asked == ["Registret ligger i skyen"]


def test_turned_away_it_is_not_touched(path: Path, tmp_path: Path) -> None:
    before = sorted(one.name for one in tmp_path.iterdir())
    with pytest.raises(Problem) as caught:
        opening(FakePrompts(choices=["leave"]), tmp_path).open(path, may_make=False)
    assert caught.value.code == "placeholder"
    assert sorted(one.name for one in tmp_path.iterdir()) == before


def test_no_new_register_is_made_in_the_place_of_one_that_icloud_took_away(tmp_path: Path) -> None:
    path = tmp_path / "register.coi"
    (tmp_path / ".register.coi.icloud").write_bytes(b"bplist00")
    prompts = FakePrompts(choices=["fetch"])
    with pytest.raises(Problem) as caught:
        RegisterOpening(Settings.read(tmp_path / "s.json"), prompts).open(path, may_make=True)
    assert caught.value.code == "stub"
    assert not path.exists()
    assert prompts.asked == []


def test_one_that_lies_here_is_opened_without_a_word(path: Path, tmp_path: Path) -> None:
    prompts = FakePrompts()
    opening(prompts, tmp_path, is_away=False).open(path, may_make=False).register.close()
    assert prompts.asked == []
