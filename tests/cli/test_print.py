"""The command ``print``: a view or an initiative as text."""

from __future__ import annotations

from pathlib import Path

from tests.cli.test_commands import coi, coi_json


def test_the_list_is_printed_as_text(sample: Path) -> None:
    done = coi("print", sample)
    assert done.returncode == 0
    assert "12 tiltag" in done.stdout
    assert "Skærmbesøg i hjemmeplejen\t" in done.stdout


def test_one_initiative_is_printed_with_its_figures(sample: Path) -> None:
    found = next(one for one in coi_json("list", sample, "--json") if "Skærmbesøg" in one["title"])
    done = coi("print", sample, found["id"][:8])
    assert done.stdout.startswith("Skærmbesøg i hjemmeplejen\n====")
    assert "Evidens: Niveau 3" in done.stdout


def test_an_unknown_view_is_told_of(sample: Path) -> None:
    assert coi("print", sample, "--view", "findes ikke").returncode == 1
