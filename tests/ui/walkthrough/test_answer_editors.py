"""The editors of a guide's questions by themselves: one for every kind, for the keyboard, no answer twice."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtCore import QMimeData, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QComboBox, QRadioButton, QWidget
from pytestqt.qtbot import QtBot

from coi_desktop.i18n import speaking
from coi_desktop.models.guide import TABLES, Asked, Guide, QuestionKind
from coi_desktop.models.guide_fields import field_of
from coi_desktop.models.vocabulary import Vocabulary
from coi_desktop.operations.library import guide, vocabulary
from coi_desktop.ui.forms.editor import Editor
from coi_desktop.ui.forms.sentence_editor import SentenceText
from coi_desktop.ui.theme import Looks
from coi_desktop.ui.walkthrough.answer_editors import make_answer_editor, options_of
from coi_desktop.ui.walkthrough.rank_editor import RankEditor
from tests.models.guide_cases import VOCABULARY, every_kind


def everything_asked(asking: Guide) -> Iterator[Asked]:
    """Questions that are no tables, and the columns of those that are."""
    for question in asking.by_id.values():
        if question.kind in TABLES:
            yield from question.columns
        else:
            yield question


def make(asked: Asked, words: Vocabulary, looks: Looks, *, is_narrow: bool = False) -> Editor:
    return make_answer_editor(asked, field_of(asked, asked.id, asked.id), words, looks, is_narrow=is_narrow)


def answers(editor: QWidget) -> Iterator[list[str]]:
    """What each part of an editor offers, in words."""
    for box in editor.findChildren(QComboBox):
        yield [box.itemText(place) for place in range(box.count())]
    buttons = [button.text() for button in editor.findChildren(QRadioButton)]
    if buttons:
        yield buttons


def test_every_kind_of_question_has_an_editor_that_the_keyboard_reaches(qtbot: QtBot, looks: Looks) -> None:
    kinds = set()
    for asked in everything_asked(every_kind()):
        editor = make(asked, VOCABULARY, looks)
        qtbot.addWidget(editor)
        references = asked.kind is QuestionKind.REFERENCES  # without rows there is nothing to reach
        assert references or editor.target.focusPolicy() & Qt.FocusPolicy.TabFocus, asked.id
        kinds.add(asked.kind)
    assert kinds == set(QuestionKind) - set(TABLES)


@pytest.mark.parametrize("language", ["da", "en"])
@pytest.mark.parametrize("is_narrow", [False, True])
def test_no_question_offers_an_answer_twice(
    qtbot: QtBot, looks: Looks, language: str, is_narrow: bool
) -> None:
    with speaking(language):
        for asking, words in ((guide("evaluation"), vocabulary()), (every_kind(), VOCABULARY)):
            for asked in everything_asked(asking):
                editor = make(asked, words, looks, is_narrow=is_narrow)
                qtbot.addWidget(editor)
                for offered in answers(editor):
                    assert len(offered) == len(set(offered)), (asked.id, offered)


def test_the_levels_of_evidence_are_offered_with_their_names() -> None:
    for language, name in (("da", "3 · Sammenlignet"), ("en", "3 · Compared")):
        with speaking(language):
            offered = options_of(guide("evaluation").question("judge.level"), vocabulary())
        assert [key for key, _label in offered] == list("012345")
        assert offered[3] == ("3", name)


def test_a_ranking_is_made_with_the_keyboard_alone(qtbot: QtBot, looks: Looks) -> None:
    asked = next(one for one in everything_asked(every_kind()) if one.id.endswith("favourites"))
    editor = make(asked, VOCABULARY, looks)
    qtbot.addWidget(editor)
    assert isinstance(editor, RankEditor)
    editor.show()
    editor.activateWindow()
    qtbot.waitUntil(editor.isActiveWindow)
    first, second, *_others = editor.findChildren(QComboBox)
    keys = [first.itemData(place) for place in range(1, first.count())]
    first.setFocus()
    QTest.keyClick(first, Qt.Key.Key_Down)
    assert editor.raw() == (keys[0],)
    QTest.keyClick(first, Qt.Key.Key_Tab)
    assert QApplication.focusWidget() is second
    QTest.keyClick(second, Qt.Key.Key_Down)
    assert editor.raw() == (keys[0], keys[1]), "the arrows pass by what stands first already"
    QTest.keyClick(second, Qt.Key.Key_Up)
    assert editor.raw() == (keys[0],)
    QTest.keyClick(first, Qt.Key.Key_Down)
    QTest.keyClick(first, Qt.Key.Key_Up)
    QTest.keyClick(first, Qt.Key.Key_Up)
    assert editor.raw() == ()


def test_a_sentence_is_shown_whole_and_stays_one_line(qtbot: QtBot, looks: Looks) -> None:
    asked = guide("evaluation").by_id["conclude.headline"]
    editor = make(asked, vocabulary(), looks)
    qtbot.addWidget(editor)
    editor.resize(300, 40)
    editor.show()
    low = editor.target.height()
    editor.show_value("Skærmbesøg frigør nitten minutter om dagen uden lavere tilfredshed, men ikke for alle")
    assert editor.target.height() > low
    editor.resize(1200, 40)
    QApplication.processEvents()
    assert editor.target.height() == low
    editor.resize(240, 40)
    QApplication.processEvents()
    assert editor.target.verticalScrollBar().maximum() == 0
    text = editor.target
    assert isinstance(text, SentenceText)
    text.selectAll()
    with qtbot.waitSignal(editor.left):
        QTest.keyClick(text, Qt.Key.Key_Return)
    pasted = QMimeData()
    pasted.setText("Først\nså  sidst\r\n")
    text.insertFromMimeData(pasted)
    assert editor.raw() == "Først så sidst"
