"""Attachments from the command line: add, list, save, check."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from coi_desktop.cli.main import run
from coi_desktop.operations.initiatives import add_initiative
from coi_desktop.operations.registers import create_register
from coi_desktop.store.register import Register
from tests.exchange.attachment_makers import EXE, PDF


@pytest.fixture(autouse=True)
def danish(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LANG", "da_DK.UTF-8")


@pytest.fixture
def made(tmp_path: Path) -> tuple[Path, str]:
    """A register and the id of its one initiative."""
    path = tmp_path / "prøve.coi"
    with create_register(path) as register:
        return path, add_initiative(register, {"title": "Robotstøvsuger"})


def command(*arguments: object) -> int:
    return run([str(one) for one in arguments], lambda _path: 0)


def test_files_are_attached_listed_saved_and_checked(
    made: tuple[Path, str], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path, initiative = made
    (tmp_path / "Notat.pdf").write_bytes(PDF)
    (tmp_path / "faktura.pdf").write_bytes(EXE)
    assert command("attach", path, initiative[:8], tmp_path / "Notat.pdf", tmp_path / "faktura.pdf") == 0
    out, error = capsys.readouterr()
    assert out == "2 filer er tilføjet som bilag.\n"
    assert "faktura.pdf: Den hedder .pdf, men er et program" in error
    assert command("attachments", path, initiative[:8], "--json") == 0
    listed = json.loads(capsys.readouterr().out)
    assert [one["title"] for one in listed] == ["Notat.pdf", "faktura.pdf"]
    (tmp_path / "ud").mkdir()
    for _again in range(2):
        code = command("save-attachment", path, listed[0]["id"][:8], tmp_path / "ud")
        assert (tmp_path / "ud" / "Notat.pdf").read_bytes() == PDF
    assert code == 1  # it was there already
    assert command("check", path) == 0
    capsys.readouterr()
    with Register.open(path, write=False) as register:
        register.files.path(listed[0]["sha256"]).unlink()
    assert command("check", path) == 1
    assert "“Notat.pdf” (Robotstøvsuger) mangler" in capsys.readouterr().err


def test_a_file_that_is_not_there_is_told_of_after_the_others(
    made: tuple[Path, str], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path, initiative = made
    (tmp_path / "Notat.pdf").write_bytes(PDF)
    assert command("attach", path, initiative, tmp_path / "Notat.pdf", tmp_path / "væk.pdf") == 1
    out, error = capsys.readouterr()
    assert "1 fil" in out
    assert "væk.pdf" in error
    assert command("attach", path, initiative, tmp_path / "Notat.pdf") == 0
    assert "er der allerede" in capsys.readouterr().err


def test_spare_files_are_removed_only_when_asked(
    made: tuple[Path, str], capsys: pytest.CaptureFixture[str]
) -> None:
    path, _initiative = made
    with Register.open(path) as register:
        spare = register.files.put(PDF)
    assert command("check", path) == 0
    assert "1 fil ved siden af registret" in capsys.readouterr().err
    assert register.files.has(spare.sha256)
    assert command("check", path, "--remove-spare-files") == 0
    assert not register.files.has(spare.sha256)
    assert command("save-attachment", path, "00000000", "x.pdf") == 1


def test_a_chosen_attachment_goes_with_a_pack_and_is_saved_from_the_case_of_the_other_unit(
    made: tuple[Path, str], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path, initiative = made
    pack, other = tmp_path / "p.coipack", tmp_path / "anden.coi"
    (tmp_path / "Notat.pdf").write_bytes(PDF)
    (tmp_path / "liste.txt").write_text("Bo 010158-5123", encoding="utf-8")
    assert command("attach", path, initiative, tmp_path / "Notat.pdf", tmp_path / "liste.txt") == 0
    capsys.readouterr()
    assert command("attachments", path, initiative, "--json") == 0
    notes, numbers = (one["id"] for one in json.loads(capsys.readouterr().out))
    assert command("export-pack", path, pack, "--attachment", numbers) == 1
    assert "CPR-nummer (liste.txt)" in capsys.readouterr().err
    assert not pack.exists()
    assert command("export-pack", path, pack, "--attachment", notes[:8], "--json") == 0
    assert [one["title"] for one in json.loads(capsys.readouterr().out)["attachments"]] == ["Notat.pdf"]
    with create_register(other):
        pass
    assert command("import-pack", other, pack, "--json") == 0
    assert [one["title"] for one in json.loads(capsys.readouterr().out)["attachments"]] == ["Notat.pdf"]
    assert command("cases", other, "--json") == 0
    (case,) = json.loads(capsys.readouterr().out)
    (attached,) = case["attachments"]
    assert command("save-attachment", other, attached["id"], tmp_path / "ud.pdf") == 0
    assert (tmp_path / "ud.pdf").read_bytes() == PDF
    assert command("check", other) == 0
