"""Fields and lists by keyboard: own fields, choices and phases, each change said and undone as one step."""

from __future__ import annotations

from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QDialog, QLineEdit
from pytestqt.qtbot import QtBot

from coi_desktop.models import query as queries
from coi_desktop.models.query import Condition, Order, Query
from coi_desktop.operations import choices, history, own_fields, phases
from coi_desktop.operations.initiatives import add_row, edit_field
from coi_desktop.store.register import Register
from coi_desktop.ui.dialogs.fields_dialog import FieldsDialog
from coi_desktop.ui.main_window import MainWindow
from coi_desktop.ui.pages.initiatives_page import InitiativesPage
from coi_desktop.ui.panels.choice_lists_page import ChoiceForm
from coi_desktop.ui.panels.own_fields_page import OwnFieldForm
from coi_desktop.ui.panels.phases_page import MappingOfPhasesForm, PhaseForm, RemovePhaseForm, TemplateForm
from coi_desktop.ui.panels.rate_sets_page import RateSetForm
from tests.ui.fakes import FakePrompts


@pytest.fixture
def dialog(window: MainWindow, qtbot: QtBot) -> FieldsDialog:
    """The dialog over the window with three initiatives."""
    made = FieldsDialog(window.desk)
    qtbot.addWidget(made)
    made.show()
    return made


def answer(prompts: FakePrompts, form_type: type[QDialog], /, **values: str) -> None:
    """Fill the next dialog, which must be of this kind, and accept it."""

    def fill(form: Any) -> bool:
        assert isinstance(form, form_type)
        for name, value in values.items():
            field = getattr(form, name)
            if isinstance(field, QLineEdit):
                field.setText(value)
            elif hasattr(field, "setPlainText"):
                field.setPlainText(value)
            else:
                field.setCurrentIndex(field.findData(value))
        form.apply()
        return form.result() == QDialog.DialogCode.Accepted

    prompts.dialogs.append(fill)


def shown(dialog: FieldsDialog, page: str, column: int = 0) -> list[str]:
    model = getattr(dialog, page).list.model
    return [model.index(row, column).data() for row in range(model.rowCount())]


def test_an_own_field_is_added_edited_and_moved(
    dialog: FieldsDialog, prompts: FakePrompts, register: Register
) -> None:
    answer(prompts, OwnFieldForm, da="Udvalg", kind="choice", choices="Kultur\n\nSocial")
    dialog.own_fields.list.add.click()
    answer(prompts, OwnFieldForm, da="Antal", kind="number", unit="stk.")
    dialog.own_fields.list.add.click()
    assert shown(dialog, "own_fields") == ["Udvalg", "Antal"]
    QTest.keyClick(dialog.own_fields.list.table, Qt.Key.Key_Up, Qt.KeyboardModifier.AltModifier)
    assert shown(dialog, "own_fields") == ["Antal", "Udvalg"]
    answer(prompts, OwnFieldForm, da="Antal borgere")
    QTest.keyClick(dialog.own_fields.list.table, Qt.Key.Key_Return)
    assert shown(dialog, "own_fields") == ["Antal borgere", "Udvalg"]
    field = register.fields("initiative")[-2]
    assert (field.label("da"), field.unit("da")) == ("Antal borgere", "stk.")


def test_a_refused_name_is_said_in_the_form_which_stays_open(
    dialog: FieldsDialog, prompts: FakePrompts, register: Register
) -> None:
    def fill(form: OwnFieldForm) -> bool:
        form.da.setText("Titel")
        form.apply()
        assert "Titel" in form.refusal.text()
        assert not form.refusal.isHidden()
        return form.result() == QDialog.DialogCode.Accepted

    prompts.dialogs.append(fill)
    dialog.own_fields.list.add.click()
    assert register.count("own_field") == 0


def test_removing_a_field_says_what_goes_and_asks(
    dialog: FieldsDialog, prompts: FakePrompts, register: Register, three: tuple[str, str, str]
) -> None:
    name = own_fields.add_own_field(register, "Udvalg", "text")
    edit_field(register, three[0], name, "Kultur")
    dialog.own_fields.refresh()
    prompts.choices = ["keep", "remove"]
    QTest.keyClick(dialog.own_fields.list.table, Qt.Key.Key_Delete)
    assert register.count("own_field") == 1
    QTest.keyClick(dialog.own_fields.list.table, Qt.Key.Key_Delete)
    assert register.count("own_field") == 0
    assert shown(dialog, "own_fields") == []
    history.undo(register)
    assert register.get("initiative", three[0])[name] == "Kultur"


def test_choices_are_added_renamed_and_retired(
    dialog: FieldsDialog, prompts: FakePrompts, register: Register
) -> None:
    page = dialog.choice_lists
    dialog.pages.setCurrentWidget(page)
    answer(prompts, ChoiceForm, da="Havn", en="Harbour")
    page.list.add.click()
    assert shown(dialog, "choice_lists")[-1] == "Havn"
    assert page.list.chosen_key() == "havn"
    answer(prompts, ChoiceForm, da="Havnen")
    page.list.edit.click()
    page.list.remove.click()
    last = choices.get_choices(register, page.list_name)[-1]
    assert (last.da, last.en, last.retired) == ("Havnen", "Harbour", True)
    assert shown(dialog, "choice_lists", 2)[-1] == "nej"
    page.list.remove.click()
    assert not choices.get_choices(register, page.list_name)[-1].retired


def test_the_list_of_an_own_field_is_there_as_soon_as_the_field_is(
    dialog: FieldsDialog, prompts: FakePrompts
) -> None:
    answer(prompts, OwnFieldForm, da="Udvalg", kind="choice", choices="Kultur")
    dialog.own_fields.list.add.click()
    dialog.pages.setCurrentWidget(dialog.choice_lists)
    which = dialog.choice_lists.which
    which.setCurrentIndex(which.findText("Udvalg"))
    assert shown(dialog, "choice_lists") == ["Kultur"]


def test_phases_are_added_edited_and_removed_with_a_target(
    dialog: FieldsDialog, prompts: FakePrompts, register: Register, three: tuple[str, str, str]
) -> None:
    page = dialog.phases
    dialog.pages.setCurrentWidget(page)
    answer(prompts, PhaseForm, da="Politik", stage="idea", checklist_da="Sagen er lagt op\n\n")
    page.list.add.click()
    assert phases.get_phases(register)[-1].checklist_da == ("Sagen er lagt op",)
    page.list.table.selectRow(2)
    assert shown(dialog, "phases", 2)[2] == "1"
    answer(prompts, RemovePhaseForm, target="operate")
    page.list.remove.click()
    assert register.get("initiative", three[0])["phase"] == "operate"
    assert "Udvikling og afprøvning" not in shown(dialog, "phases")


def test_another_template_shows_where_the_initiatives_go_before_it_is_chosen(
    dialog: FieldsDialog, prompts: FakePrompts, register: Register, three: tuple[str, str, str]
) -> None:
    answer(prompts, TemplateForm, template="regional")
    seen: list[dict[str, str]] = []

    def check(form: MappingOfPhasesForm) -> bool:
        seen.append({old: str(box.currentData()) for old, box in form.targets.items()})
        form.apply()
        return True

    prompts.dialogs.append(check)
    dialog.phases.template.click()
    assert seen == [{"idea": "idea", "develop": "carry_out", "operate": "realise"}]
    assert [one["phase"] for one in register.find(Query())] == ["carry_out", "idea", "realise"]
    assert len(shown(dialog, "phases")) == 5
    history.undo(register)
    assert [one["phase"] for one in register.find(Query())] == ["develop", "idea", "operate"]


def test_a_register_open_for_reading_offers_no_change(
    read_only: Register, open_window: Any, qtbot: QtBot
) -> None:
    window = open_window(None, read_only)
    dialog = FieldsDialog(window.desk)
    qtbot.addWidget(dialog)
    for page in (dialog.own_fields, dialog.choice_lists, dialog.phases):
        assert not any(
            button.isEnabled() for button in (page.list.add, page.list.edit, page.list.remove, page.list.up)
        )
    assert not dialog.phases.template.isEnabled()


def test_the_list_shows_renamed_choices_and_phases_at_once(
    page: InitiativesPage, register: Register, three: tuple[str, str, str]
) -> None:
    model = page.list.model
    column = [field.name for field in model.fields].index("phase")
    shown = {model.index(row, column).data() for row in range(model.rowCount())}
    assert "Udvikling og afprøvning" in shown
    told: list[object] = []
    model.dataChanged.connect(lambda *_where: told.append(1))
    phases.edit_phase(register, phases.get_phases(register)[2]._replace(da="Afprøvning nu"))
    assert told
    assert "Afprøvning nu" in {model.index(row, column).data() for row in range(model.rowCount())}


def test_a_list_that_asks_for_an_own_field_goes_on_without_it_when_the_field_goes(
    page: InitiativesPage, register: Register, three: tuple[str, str, str]
) -> None:
    name = own_fields.add_own_field(register, "Udvalg", "text")
    edit_field(register, three[0], name, "Kultur")
    page.list.table.show_columns(["title", name])
    page.initiatives.take_columns(("title", name), {})
    page.initiatives.set_order(Order(name))
    page.initiatives.put_condition(Condition(name, queries.Test.FILLED))
    assert page.list.model.rowCount() == 1
    own_fields.edit_own_field(register, name, {"da": "Politisk udvalg"})
    assert page.list.model.headerData(1, Qt.Orientation.Horizontal) == "Politisk udvalg"
    own_fields.remove_own_field(register, name)
    assert page.list.model.rowCount() == 3
    assert [field.name for field in page.list.model.fields] == ["title"]
    assert page.initiatives.conditions == ()
    history.undo(register)
    assert page.list.model.rowCount() == 3


# -------------------------------------------------------------------------------------------------- tags


@pytest.fixture
def tagged(register: Register, dialog: FieldsDialog) -> FieldsDialog:
    for record, names in zip(register.find(Query("initiative")), (("pleje",), ("Pleje", "IT")), strict=False):
        for name in names:
            add_row(register, "tag", {"initiative_id": record.id, "name": name})
    dialog.tags.refresh()
    return dialog


def tags_shown(dialog: FieldsDialog) -> list[tuple[str, str]]:
    rows = dialog.tags.table.rows
    return [(rows.index(row, 0).data(), rows.index(row, 1).data()) for row in range(rows.rowCount())]


def test_a_tag_that_gets_the_name_of_another_becomes_one_with_it(
    tagged: FieldsDialog, prompts: FakePrompts, register: Register
) -> None:
    assert tags_shown(tagged) == [("IT", "1"), ("pleje", "2")]

    def name(dialog: Any) -> bool:
        dialog.line.setText("pleje")
        dialog.save()
        return bool(dialog.result())

    prompts.dialogs.append(name)
    tagged.tags.rename_tag()
    assert tags_shown(tagged) == [("pleje", "2")]
    register.undo()
    tagged.tags.refresh()
    assert tags_shown(tagged) == [("IT", "1"), ("pleje", "2")]


def test_a_tag_is_taken_off_after_it_was_said_how_many_have_it(
    tagged: FieldsDialog, prompts: FakePrompts
) -> None:
    tagged.tags.table.selectRow(1)
    prompts.choices.append("keep")
    tagged.tags.remove_tag()
    assert len(tags_shown(tagged)) == 2
    prompts.choices.append("remove")
    tagged.tags.remove_tag()
    assert tags_shown(tagged) == [("IT", "1")]


def test_a_kind_of_value_gets_another_name_and_colour_in_one_step(
    dialog: FieldsDialog, prompts: FakePrompts, register: Register
) -> None:
    page = dialog.choice_lists
    page.which.setCurrentIndex(page.which.findData("value_kind"))
    assert page.list.add.isHidden()
    answer(prompts, ChoiceForm, da="Kvalitet for borgeren", colour="fourth")
    page.edit_choice("quality")
    (changed, *_others) = choices.get_choices(register, "value_kind")
    assert (changed.da, changed.colour) == ("Kvalitet for borgeren", "fourth")
    register.undo()
    assert choices.get_choices(register, "value_kind")[0].da == "Kvalitet"


def test_a_colour_nobody_can_see_is_refused_in_the_form(window: MainWindow, qtbot: QtBot) -> None:
    quality = choices.get_choices(window.desk.register, "value_kind")[0]
    form = ChoiceForm(window.desk, "value_kind", quality)
    qtbot.addWidget(form)
    assert form.own_colour is not None
    form.own_colour.setText("#ffff00")
    form.apply()
    assert form.result() == QDialog.DialogCode.Rejected
    assert form.refusal.text().startswith("#ffff00")


def test_the_local_kind_of_value_is_put_on_and_the_five_stay(
    dialog: FieldsDialog, prompts: FakePrompts, register: Register
) -> None:
    page = dialog.choice_lists
    page.which.setCurrentIndex(page.which.findData("value_kind"))
    page.retire_choice("local1")
    assert not choices.get_choices(register, "value_kind")[-1].retired
    page.retire_choice("quality")
    assert not choices.get_choices(register, "value_kind")[0].retired
    assert len(prompts.asked) == 1


def test_a_rate_set_is_added_from_the_delivered_one_edited_and_removed(
    dialog: FieldsDialog, window: MainWindow, prompts: FakePrompts
) -> None:
    page = dialog.rate_sets

    def shown_row(row: int) -> list[str]:
        return [page.model.index(row, column).data().replace("\xa0", " ") for column in range(6)]

    rates = "3,5 % (1–35) · 2,5 % (36–70) · 1,5 % (71–, ikke bekræftet)"
    assert shown_row(0)[1] == rates
    assert not page.edit.isEnabled()
    assert not page.remove.isEnabled()
    answer(prompts, RateSetForm, da="Egne renter", source="Budgetvejledning", date="1.9.2026")
    page.add.click()
    assert shown_row(1) == ["Egne renter", rates, "Budgetvejledning", "01-09-2026", "vores eget", "0"]

    def change(form: Any) -> bool:
        (_one, first, _c1), (_y2, second, _c2), (_y3, third, _c3) = form.bands.lines
        for line, text in ((first, "to"), (second, ""), (third, "")):
            line.setText(text)
        form.apply()
        assert "”to” er ikke en rente" in form.refusal.text()
        first.setText("2,25")
        form.apply()
        return form.result() == QDialog.DialogCode.Accepted

    prompts.dialogs.append(change)
    page.edit.click()
    assert shown_row(1)[1] == "2,25 % (1–)"
    page.remove.click()
    assert page.model.rowCount() == 1
