"""Personal data is found in files and lists, told with its place and never with what it is."""

from __future__ import annotations

from pathlib import Path

from coi_desktop.models.attachments import AttachmentLimits
from coi_desktop.models.privacy import find_personal_details, remark_on
from coi_desktop.models.progress import run_to_end
from coi_desktop.models.tables import Cell, CellKind, Table, TableRow
from coi_desktop.operations.attachment_files import store_sources
from coi_desktop.operations.privacy_checks import (
    check_file,
    check_table,
    findings_of_file,
    remark_on_pasted,
    summary_of,
)
from coi_desktop.store.register import Register

NUMBER = "010188-5000"


def make_table(*columns: tuple[str, list[str]]) -> Table:
    rows = zip(*(texts for _heading, texts in columns), strict=True)
    return Table(
        "liste.xlsx",
        "Ark1",
        1,
        tuple(heading for heading, _texts in columns),
        tuple(
            TableRow(number, tuple(Cell(CellKind.TEXT, text) for text in texts))
            for number, texts in enumerate(rows, 2)
        ),
        (),
    )


def test_name_and_text_of_a_file_are_looked_at(tmp_path: Path) -> None:
    path = tmp_path / f"referat {NUMBER}.txt"
    path.write_text(f"Borger Anna Holm, {NUMBER}, anna@holm.example, tlf. 20 34 56 78", encoding="utf-8")
    found = run_to_end(findings_of_file(path))
    assert [one.finding.kind for one in found] == ["cpr", "name", "cpr", "mail", "phone"]
    assert found[0].place == "Filens navn"
    assert summary_of(found) == "2 mulige CPR-numre · 1 navn på en borger · 1 mailadresse · 1 telefonnummer"
    assert NUMBER not in repr(found[1:])


def test_a_file_that_cannot_be_read_says_so(tmp_path: Path) -> None:
    path = tmp_path / "billede.png"
    path.write_bytes(b"\x89PNG\r\n\x1a\n" + bytes(50))
    checked = run_to_end(check_file(path))
    assert checked.findings == ()
    assert checked.unread == "Teksten i denne slags fil kan ikke kontrolleres."


def test_what_is_attached_is_checked_in_name_and_text(tmp_path: Path) -> None:
    path = tmp_path / "referat.txt"
    path.write_text(f"Talt om {NUMBER}", encoding="utf-8")
    with Register.create(tmp_path / "r.coi") as register:
        stored = run_to_end(store_sources(register, [path], AttachmentLimits()))
    (found,) = stored.files[0].findings
    assert found.is_personal_number
    assert found.place == "referat.txt"


def test_columns_with_numbers_are_named_with_their_rows() -> None:
    table = make_table(
        ("Titel", ["Robot", "Skærm", "Bad"]),
        ("Bemærkning", ["", f"gælder {NUMBER}", "101885000"]),
        ("Mail", ["a@b.dk", "c@d.dk", "e@f.dk"]),
    )
    (found,) = run_to_end(check_table(table))
    assert (found.heading, found.kind, found.times, found.rows) == ("Bemærkning", "cpr", 2, (3, 4))
    assert found.remark() == (
        "Bemærkning: 2 mulige CPR-numre (række 3, 4). Vælg, at kolonnen ikke læses, "
        "eller slet numrene i listen først."
    )


def test_names_beside_words_of_citizens_are_told_and_organisations_are_not() -> None:
    for text in ("borger Anna Holm", "Anna Holms diagnose", "pårørende til Anna B. Holm", "Sag: Anna Holm"):
        assert [one.kind for one in find_personal_details(text)] == ["name"], text
    for text in (
        "Borger i Aarhus Kommune",
        "Borger Aarhus Kommune",
        "Projektleder Anna Holm",
        "borgere og sager",
    ):
        assert find_personal_details(text) == (), text


def test_the_remark_never_holds_what_was_found() -> None:
    assert remark_on(find_personal_details("intet")) == ""
    for text in (NUMBER, "borger Anna Holm", "a@b.dk"):
        remark = remark_on(find_personal_details(text))
        assert remark
        assert text not in remark


def test_pasted_rows_are_looked_at_and_told_of_with_their_rows() -> None:
    text = f"Bo\t{NUMBER}\nIb\t\nEva\t{NUMBER[1:].replace('-', '')}\n"
    assert remark_on_pasted("Bo\tKL\n12\t34\n") == ""
    said = remark_on_pasted(text)
    assert said.startswith("Indsat række 1, 3: ")
    assert "CPR-nummer" in said
    assert "010188" not in said
