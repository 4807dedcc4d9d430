"""A small initiative evaluated from nothing by someone who has only a keyboard, and what that takes.

The numbers are bounds: they say how much work the light path is, and fail when it becomes more.
"""

from __future__ import annotations

from collections.abc import Callable

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from coi_desktop.models.completeness import Status
from coi_desktop.operations.evaluations import find_evaluations, load_evaluation
from coi_desktop.store.register import Register
from coi_desktop.ui.dialogs.quick_add import QuickAdd
from coi_desktop.ui.main_window import MainWindow
from coi_desktop.ui.pages.initiatives_page import InitiativesPage
from coi_desktop.ui.walkthrough.walk_panel import WalkPanel
from tests.ui.fakes import FakePrompts
from tests.ui.waits import LONGEST
from tests.ui.walkthrough.keyboard import Keyboard

SCREENS = 6
#: About fifty answers, and three more where economy matters; the program has some of them itself.
MOST_INPUTS = 58
#: Of these the ones that are written, dates and numbers counted; of texts there are fewer.
MOST_TYPED = 28
#: Keys that are no letters of an answer: from field to field, through the choices, on to the next screen.
MOST_KEYS = 220


def _name_it(dialog: QuickAdd, keys: Keyboard, qtbot: QtBot) -> bool:
    dialog.show()
    dialog.activateWindow()
    qtbot.waitUntil(lambda: QApplication.activeWindow() is dialog, timeout=LONGEST)
    keys.answer("Titel", "Fælles morgenmøde")
    keys.press(Qt.Key.Key_Return, ctrl=True)
    return bool(dialog.result())


def _first_sitting(keys: Keyboard) -> None:
    keys.answer("Tiltaget, som det er nu", "Ti minutter ved tavlen hver morgen.")
    keys.tick("Borgere")
    keys.choose(
        "Hvorfor evaluerer I? Vælg højst tre, og sæt dem i rækkefølge: nummer 1", "Se, om målet er nået"
    )
    keys.answer("Hvilken beslutning skal svaret bruges til?", "Skal alle grupper med?")
    keys.answer("Hvornår træffes den?", "15-12-2026")
    keys.choose("Hvem træffer den?", "Leder")
    keys.next_screen()
    keys.choose("Samlet udgift", "Under 100.000 kr.")
    keys.choose("Berørte personer", "25–500")
    keys.choose("Hvad kan gå galt?", "Let at rulle tilbage")
    keys.choose("Hvor nyt er det?", "Tilpasset")
    keys.choose("Hvad afhænger af svaret?", "Kun os selv")
    keys.choose("Er der krav?", "Nej")
    keys.answer("Timer til evalueringen", "8")
    keys.choose("Hvem udfører evalueringen?", "Internt")
    keys.next_screen()
    keys.choose("Effektivitet: Hvor vigtig?", "Hovedformål")
    keys.choose("Effektivitet: Forventet ændring", "Lidt bedre")
    keys.answer("Hvis vi …", "mødes hver morgen")
    keys.answer("så …", "kører vi færre forgæves ture")
    keys.answer("fordi …", "ændringer bliver sagt højt")
    keys.next_screen()
    keys.add_row("Spørgsmål, evalueringen skal svare på", "Kører vi færre forgæves ture?")
    keys.choose("Slags · mangler", "Resultat")
    keys.add_row("Mål for værdien", "Forgæves ture om ugen")
    keys.choose("Værdi · mangler", "Effektivitet")
    keys.choose("Måleform · mangler", "Antal")
    keys.choose("Retning · mangler", "Ned")
    keys.choose("Hvor sikkert er udgangspunktet? · mangler", "Målt")
    keys.answer("Udgangspunkt · mangler", "12")
    keys.answer("Dato for udgangspunkt · mangler", "2/2 2026")
    keys.choose("Hvor fast er målet? · mangler", "Foreløbigt")
    keys.answer("Måltal", "6")
    keys.add_chosen_row("Sådan får I svar", 1)
    keys.answer("Hvem eller hvad? · mangler", "Kørelisten")
    keys.answer("Fra · mangler", "2/2 2026")
    keys.next_screen()


def _second_sitting(keys: Keyboard) -> None:
    keys.add_chosen_row("Målinger", 1)
    keys.answer("Værdi · mangler", "7")
    keys.tick("Intet væsentligt flyttede sig")
    keys.choose("Er økonomi relevant her?", "Ja")
    keys.answer("Engangsudgift", "18000")
    keys.answer("Årlig driftsudgift", "52000")
    keys.answer("Årlig gevinst", "70000")
    keys.choose("Hvad slags gevinst?", "Kan tages ud af et budget")
    keys.next_screen()
    keys.choose("Kører vi færre forgæves ture?: Kort svar", "Delvist")
    keys.choose("Effektivitet: Vurdering", "Lidt bedre")
    keys.answer("Effektivitet: Begrundelse", "Færre forgæves ture")
    keys.answer("Konklusionen på én linje", "Fem færre forgæves ture om ugen")
    keys.answer("Hvilken værdi gav det, og for hvem?", "Kollegerne sparer tid")
    keys.answer("Hvor sikre er vi?", "Ret sikre")
    keys.answer("Det vil vi tage med", "Ti minutter er nok")
    keys.choose("Besluttet", "Justér")
    keys.answer("Dato for beslutningen", "22-11-2026")
    keys.choose("Hvem besluttede?", "Leder")
    keys.answer("Begrundelse", "Aftenvagten skal med")
    keys.answer("Hvornår ser I på den igen?", "1. maj 2027")
    keys.answer("Timer brugt på evalueringen", "9")
    keys.choose("Blev svarene brugt?", "Ja")


@pytest.fixture
def empty_window(open_window: Callable[..., MainWindow]) -> MainWindow:
    return open_window()


def test_a_small_initiative_is_evaluated_from_nothing_in_six_screens_with_few_keys(
    empty_window: MainWindow,
    register: Register,
    prompts: FakePrompts,
    qtbot: QtBot,
    record_property: Callable[[str, object], None],
) -> None:
    keys = Keyboard()
    seen: list[str] = []
    prompts.dialogs = [lambda dialog: _name_it(dialog, keys, qtbot)]
    keys.press(Qt.Key.Key_N, ctrl=True)
    empty_window.activateWindow()
    qtbot.waitUntil(lambda: QApplication.activeWindow() is empty_window, timeout=LONGEST)
    page = empty_window.findChild(InitiativesPage)
    assert isinstance(page, InitiativesPage)
    page.table.setFocus()
    keys.press(Qt.Key.Key_F8)
    panel = empty_window.findChild(WalkPanel)
    assert isinstance(panel, WalkPanel)
    seen.append(panel.walk.walkthrough.position)
    panel.walk.moved.connect(lambda: seen.append(panel.walk.walkthrough.position))
    _first_sitting(keys)
    _second_sitting(keys)
    panel.flush()
    initiative_id = page.current_initiative()
    found = load_evaluation(register, find_evaluations(register, initiative_id)[0].id)
    assert found.walkthrough.may_finish
    assert {screen.status for screen in found.walkthrough.screens} == {Status.COMPLETE}
    required = found.walkthrough.completeness
    counts = {
        "required inputs": required.required,
        "inputs given": keys.inputs,
        "of these typed": keys.typed_inputs,
        "keystrokes": keys.keystrokes,
        "letters and digits": keys.letters,
        "screens": len(dict.fromkeys(seen)),
    }
    for name, count in counts.items():
        record_property(name, count)
        print(f"{name}: {count}")
    assert len(dict.fromkeys(seen)) == SCREENS
    assert keys.inputs <= MOST_INPUTS
    assert required.required <= MOST_INPUTS
    assert keys.typed_inputs <= MOST_TYPED
    assert keys.keystrokes - keys.letters <= MOST_KEYS
