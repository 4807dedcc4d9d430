"""Settings that cannot be read or written cost the settings and nothing else."""

from __future__ import annotations

import json
import os
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from coi_desktop.settings import SETTINGS, Settings


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "indstillinger på Ærø" / "settings.json"


def defaults() -> dict[str, object]:
    """Every setting as it is until one is set."""
    return {name: setting.default for name, setting in SETTINGS.items()}


def all_of(read: Settings) -> dict[str, object]:
    """Every setting as it is now."""
    return {name: read.get(name) for name in SETTINGS}


def test_without_a_file_all_is_as_at_first(path: Path) -> None:
    assert all_of(Settings.read(path)) == defaults()
    assert not path.exists(), "reading makes nothing"


def test_settings_come_back_as_they_were_saved(path: Path) -> None:
    first = Settings.read(path)
    first.set("theme", "dark")
    first.set("export_folder", "/hjem/Åse/\ud800 mappe")
    first.set("list_columns", ["title", "owner"])
    first.set("help_folded", True)
    first.save()
    assert all_of(Settings.read(path)) == all_of(first)
    assert os.listdir(path.parent) == ["settings.json"]


DAMAGED = {
    "nothing": b"",
    "zeros": bytes(100),
    "half": b'{"theme": "da',
    "not UTF-8": b'{"theme": "\xff\xfe"}',
    "a list": b"[1, 2]",
    "a number": b"1e999",
    "text": b'"dark"',
    "null": b"null",
    "deep": b"[" * 200_000,
    "other types": b'{"theme": 7, "list_columns": "title", "language": ["da"], "help_folded": 1}',
    "values of no list": b'{"theme": "pink", "language": "sv", "export_language": "DA"}',
}


@pytest.mark.parametrize("name", DAMAGED)
def test_damaged_settings_start_with_the_defaults_and_can_be_saved_again(path: Path, name: str) -> None:
    path.parent.mkdir()
    path.write_bytes(DAMAGED[name])
    read = Settings.read(path)
    assert all_of(read) == defaults()
    read.set("theme", "light")
    read.save()
    assert Settings.read(path).get("theme") == "light"


def test_settings_of_another_version_are_kept(path: Path) -> None:
    path.parent.mkdir()
    path.write_text('{"theme": "dark", "from_the_future": [1, {"a": null}]}', encoding="utf-8")
    read = Settings.read(path)
    read.set("language", "en")
    read.save()
    assert json.loads(path.read_text(encoding="utf-8")) == {
        "theme": "dark",
        "from_the_future": [1, {"a": None}],
        "language": "en",
    }


def test_a_value_that_does_not_fit_is_a_fault_of_the_program(path: Path) -> None:
    read = Settings.read(path)
    for name, value in (("theme", "pink"), ("list_columns", "title"), ("help_folded", 1)):
        with pytest.raises(ValueError, match=name):
            read.set(name, value)
    for ask in (read.get, lambda name: read.set(name, 1)):
        with pytest.raises(KeyError):
            ask("no_such_setting")
    assert all_of(read) == defaults()


def test_what_is_got_can_be_changed_without_changing_the_setting(path: Path) -> None:
    read = Settings.read(path)
    read.get("list_columns").append("title")
    read.get("list_widths")["title"] = 300
    assert all_of(Settings.read(path)) == all_of(read) == defaults()


def test_a_folder_that_cannot_be_written_costs_only_the_settings(tmp_path: Path) -> None:
    (tmp_path / "fil").write_text("en fil, ikke en mappe")
    read = Settings.read(tmp_path / "fil" / "settings.json")
    read.set("theme", "dark")
    read.save()
    assert read.get("theme") == "dark"
    assert os.listdir(tmp_path) == ["fil"]


def test_a_folder_in_the_place_of_the_file_costs_only_the_settings(path: Path) -> None:
    path.mkdir(parents=True)
    read = Settings.read(path)
    assert all_of(read) == defaults()
    read.save()
    assert os.listdir(path.parent) == ["settings.json"]


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    content=st.binary(max_size=60)
    | st.text(max_size=60).map(lambda text: json.dumps({"theme": text}).encode())
)
def test_any_bytes_are_read_without_a_fault(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "settings.json"
    path.write_bytes(content)
    for name, value in all_of(Settings.read(path)).items():
        assert isinstance(value, SETTINGS[name].kind)


def test_every_text_among_the_settings_is_rewritten(tmp_path: Path) -> None:
    settings = Settings.read(tmp_path / "settings.json")
    settings.set("my_name", "Kirsten")
    settings.set("list_columns", ["title", "Kirsten"])
    settings.set("place_answers", {"Kirsten": {"a": "Kirsten", "b": 1}})
    settings.rewrite(lambda text: text.replace("Kirsten", "?"))
    again = Settings.read(tmp_path / "settings.json")
    assert again.get("my_name") == "?"
    assert again.get("list_columns") == ["title", "?"]
    assert again.get("place_answers") == {"?": {"a": "?", "b": 1}}
