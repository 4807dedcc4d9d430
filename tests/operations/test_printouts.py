"""What is printed of the list and of one initiative, as plain values."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from coi_desktop.i18n import speaking
from coi_desktop.models.printout import Printout, iter_text
from coi_desktop.models.progress import run_to_end
from coi_desktop.models.query import Order, Query
from coi_desktop.operations.initiatives import add_initiative, edit_field
from coi_desktop.operations.links import add_link
from coi_desktop.operations.own_fields import add_own_field
from coi_desktop.operations.printouts import list_printout
from coi_desktop.operations.record_printout import initiative_printout
from coi_desktop.operations.registers import create_register
from coi_desktop.operations.samples import create_sample_register
from coi_desktop.store.register import Register


def facts(printout: Printout) -> dict[str, str]:
    return {label: value for section in printout.sections for label, value in section.facts}


def test_the_record_of_the_sample_has_facts_tables_and_figures(tmp_path: Path) -> None:
    with create_sample_register(tmp_path / "e.coi") as register, speaking("da"):
        [found] = register.find(Query("initiative", "skærmbesøg"))
        made = initiative_printout(register, found.id)
    assert made.title == "Skærmbesøg i hjemmeplejen"
    headings = [section.heading for section in made.sections]
    assert headings[0] == "Hvad det handler om"
    assert {"Partnere", "Gevinster", "Evaluering: Skærmbesøg i distrikt Vest"} <= set(headings)
    said = facts(made)
    assert said["Emneord"] == "kørsel, velfærdsteknologi"
    assert said["Evidens"].startswith("Niveau 3 af højst 5")
    assert said["Nettonutidsværdi"].endswith("kr.")
    assert all(value for value in said.values())


def test_own_fields_links_and_gates_are_printed(tmp_path: Path) -> None:
    with create_register(tmp_path / "r.coi") as register, speaking("da"):
        first = add_initiative(register, {"title": "Robot", "phase": "idea"})
        other = add_initiative(register, {"title": "Have"})
        name = add_own_field(register, "Udvalg", "text", section="people")
        edit_field(register, first, name, "Kulturudvalget\nog Socialudvalget")
        add_link(register, first, "based_on", other, note="samme idé")
        made = initiative_printout(register, first)
        back = initiative_printout(register, other)
    assert facts(made)["Udvalg"].startswith("Kulturudvalget")
    [links] = [section for section in made.sections if section.heading == "Sammenhænge"]
    assert links.table is not None
    assert links.table.rows[0].cells[1:] == ("Have", "samme idé")
    [links] = [section for section in back.sections if section.heading == "Sammenhænge"]
    assert links.table is not None
    assert links.table.rows[0].cells[1] == "Robot"


def test_what_is_empty_is_left_out(tmp_path: Path) -> None:
    with create_register(tmp_path / "r.coi") as register, speaking("da"):
        made = initiative_printout(register, add_initiative(register, {"title": "Bare en titel"}))
    assert all(section.facts or section.table for section in made.sections)
    assert "Problem" not in facts(made)


def test_an_initiative_that_is_gone_is_told_of(tmp_path: Path) -> None:
    with create_register(tmp_path / "r.coi") as register, pytest.raises(KeyError):
        initiative_printout(register, "nej")


def make_list(register: Register, **query: object) -> Printout:
    asked = Query("initiative", order=Order("title"))._replace(**query)
    return run_to_end(list_printout(register, asked, ("title", "budget", "own_gone"), title="Mine"))


def test_the_list_reads_every_row_and_passes_over_columns_that_are_gone(tmp_path: Path) -> None:
    with create_register(tmp_path / "r.coi") as register, speaking("da"):
        for number in range(1_203):
            add_initiative(register, {"title": f"T{number:04}", "start": date(2026, 1, 1)})
        made = make_list(register)
        [section] = made.sections
        assert section.table is not None
        assert [column.heading for column in section.table.columns] == ["Titel", "Budget"]
        assert [row.cells[0] for row in section.table.rows] == [f"T{n:04}" for n in range(1_203)]
    assert made.lines == ("1.203 tiltag",)


def test_the_text_form_says_the_same(tmp_path: Path) -> None:
    with create_register(tmp_path / "r.coi") as register, speaking("da"):
        add_initiative(register, {"title": "Robot"})
        lines = list(iter_text(make_list(register)))
    assert lines[:2] == ["Mine", "===="]
    assert lines[-2:] == ["Titel\tBudget", "Robot\t"]
