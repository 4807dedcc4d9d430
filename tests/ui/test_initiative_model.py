"""The item model: drawn as text, checked by Qt's own tester, and exact in its signals."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime

import pytest
from PySide6.QtCore import QModelIndex, Qt
from PySide6.QtTest import QAbstractItemModelTester
from pytestqt.qtbot import QtBot

from coi_desktop.i18n import speaking
from coi_desktop.models.changes import Op
from coi_desktop.models.query import Order, Query
from coi_desktop.operations.history import undo
from coi_desktop.operations.initiatives import add_initiative, add_row, edit_field, remove_initiative
from coi_desktop.operations.library import vocabulary
from coi_desktop.store.register import Register
from coi_desktop.store.writer import Writer
from coi_desktop.ui.itemmodels.initiative_model import PAGE, VALUE_ROLE, InitiativeModel

COLUMNS = ("title", "phase", "status", "owner")


class Picture:
    """A model over the register that hears of its changes, with everything it says written down."""

    def __init__(self, register: Register) -> None:
        self.model = InitiativeModel(register, vocabulary(), COLUMNS)
        self.said: list[str] = []
        self._tester = QAbstractItemModelTester(
            self.model, QAbstractItemModelTester.FailureReportingMode.Warning
        )
        self.model.dataChanged.connect(
            lambda first, last, _roles: self.said.append(f"changed {first.row()}–{last.row()}")
        )
        self.model.rowsInserted.connect(lambda _p, first, last: self.said.append(f"inserted {first}–{last}"))
        self.model.rowsRemoved.connect(lambda _p, first, last: self.said.append(f"removed {first}–{last}"))
        self.model.rowsMoved.connect(
            lambda _p, first, last, _q, to: self.said.append(f"moved {first}–{last} before {to}")
        )
        self.model.modelReset.connect(lambda: self.said.append("reset"))
        self.end = register.subscribe(self.model.take_in)

    def draw(self) -> str:
        """The rows as lines, the cells between bars."""
        model = self.model
        rows = [
            " | ".join(str(model.index(row, column).data() or "") for column in range(model.columnCount()))
            for row in range(model.rowCount())
        ]
        return "\n".join(rows)

    def ask(self, **query: object) -> None:
        """Another query, whose reset is no news."""
        self.model.set_query(Query("initiative", **query))
        self.said.clear()

    def check(self, drawn: str, *said: str) -> None:
        """What is shown, and everything that was said since the last check."""
        __tracebackhide__ = True
        assert self.draw() == drawn
        assert self.said == list(said)
        self.said.clear()


@pytest.fixture
def picture(register: Register, three: tuple[str, str, str], qtbot: QtBot) -> Iterator[Picture]:
    made = Picture(register)
    made.ask(order=Order("title"))
    yield made
    made.end()


def test_rows_stand_in_danish_order_in_the_words_of_the_value_lists(picture: Picture) -> None:
    picture.check(
        "Madspild i skolekøkkenet | Drift og gevinst | Aktiv | Skole Nord\n"
        "Skærmbesøg i hjemmeplejen | Udvikling og afprøvning | Aktiv | Team Digital\n"
        "Ærø deler elbiler | Idé | Parkeret | "
    )


def test_the_words_follow_the_language(picture: Picture) -> None:
    with speaking("en"):
        assert "Operation and benefits | Active" in picture.draw()
        assert picture.model.headerData(1, Qt.Orientation.Horizontal) == "Phase"


def test_one_changed_field_is_told_of_its_row_alone(
    picture: Picture, register: Register, three: tuple[str, str, str]
) -> None:
    edit_field(register, three[0], "owner", "Team Velfærd")
    picture.check(
        "Madspild i skolekøkkenet | Drift og gevinst | Aktiv | Skole Nord\n"
        "Skærmbesøg i hjemmeplejen | Udvikling og afprøvning | Aktiv | Team Velfærd\n"
        "Ærø deler elbiler | Idé | Parkeret | ",
        "changed 1–1",
    )


def test_a_new_initiative_is_one_inserted_row(picture: Picture, register: Register) -> None:
    add_initiative(register, {"title": "Nabohjælp"})
    picture.check(
        "Madspild i skolekøkkenet | Drift og gevinst | Aktiv | Skole Nord\n"
        "Nabohjælp | Idé | Aktiv | \n"
        "Skærmbesøg i hjemmeplejen | Udvikling og afprøvning | Aktiv | Team Digital\n"
        "Ærø deler elbiler | Idé | Parkeret | ",
        "inserted 1–1",
    )


def test_a_removed_initiative_is_one_removed_row_and_undo_brings_it_back_there(
    picture: Picture, register: Register, three: tuple[str, str, str]
) -> None:
    before = picture.draw()
    remove_initiative(register, three[0])
    assert picture.said == ["removed 1–1"]
    picture.said.clear()
    undo(register)
    picture.check(before, "inserted 1–1")


def test_a_title_that_moves_its_row_is_one_moved_row(
    picture: Picture, register: Register, three: tuple[str, str, str]
) -> None:
    edit_field(register, three[1], "title", "Aarhus deler elbiler")  # Aa sorts as Å: stays last
    assert picture.said == ["changed 2–2"]
    picture.said.clear()
    edit_field(register, three[1], "title", "Elbiler på Ærø")
    picture.check(
        "Elbiler på Ærø | Idé | Parkeret | \n"
        "Madspild i skolekøkkenet | Drift og gevinst | Aktiv | Skole Nord\n"
        "Skærmbesøg i hjemmeplejen | Udvikling og afprøvning | Aktiv | Team Digital",
        "moved 2–2 before 0",
        "changed 0–0",
    )


def test_a_row_that_moves_down_is_told_as_qt_counts(
    picture: Picture, register: Register, three: tuple[str, str, str]
) -> None:
    edit_field(register, three[2], "title", "Ældre og madspild")
    assert picture.said == ["moved 0–0 before 2", "changed 1–1"]


def test_an_edit_that_no_longer_fits_the_search_takes_the_row_away(
    picture: Picture, register: Register, three: tuple[str, str, str]
) -> None:
    picture.ask(search="digital", order=Order("title"))
    picture.check("Skærmbesøg i hjemmeplejen | Udvikling og afprøvning | Aktiv | Team Digital")
    edit_field(register, three[0], "owner", "Team Velfærd")
    picture.check("", "removed 0–0")


def test_changes_elsewhere_say_nothing(
    picture: Picture, register: Register, three: tuple[str, str, str]
) -> None:
    unit = register.unit().id
    register.transact(Op("test.rename", "Rename"), lambda writer: writer.change("unit", unit, {"name": "Ny"}))
    assert picture.said == []


def test_work_on_what_hangs_under_an_initiative_draws_its_row_anew(
    picture: Picture, register: Register, three: tuple[str, str, str]
) -> None:
    long_ago = {"updated": datetime(2020, 1, 1, tzinfo=UTC)}
    register.transact(Op("test.age", "Age"), lambda writer: writer.change("initiative", three[0], long_ago))
    picture.said.clear()
    add_row(register, "tag", {"initiative_id": three[0], "name": "velfærd"})
    assert picture.said == ["changed 1–1"]  # the moment it was last worked on is one of its columns


def test_choices_are_sorted_in_the_order_of_their_list(picture: Picture) -> None:
    picture.ask(order=Order("phase", ranking=vocabulary().keys("initiative.phase")))
    assert [line.split(" | ")[1] for line in picture.draw().splitlines()] == [
        "Idé",
        "Udvikling og afprøvning",
        "Drift og gevinst",
    ]


def test_the_raw_key_and_an_accessible_text_go_with_each_cell(picture: Picture) -> None:
    index = picture.model.index(0, 1)
    assert index.data(VALUE_ROLE) == "operate"
    assert index.data(Qt.ItemDataRole.AccessibleTextRole) == "Fase: Drift og gevinst"
    assert picture.model.index(2, 3).data(Qt.ItemDataRole.AccessibleTextRole) == ""


def test_titles_of_strangers_are_shown_as_they_stand(picture: Picture, register: Register) -> None:
    bait = '<img src="x"> & <b>fed</b>'
    made = add_initiative(register, {"title": bait})
    index = picture.model.index(picture.model.row_of(made), 0)
    assert index.data() == bait
    tooltip = index.data(Qt.ItemDataRole.ToolTipRole)
    assert "<img" not in tooltip
    assert "&lt;img" in tooltip


def test_only_the_pages_that_are_seen_are_read(register: Register, qtbot: QtBot) -> None:
    def put_many(writer: Writer) -> None:
        writer.put_many(
            "initiative",
            [(f"{n:08d}-0000-4000-8000-000000000000", {"title": f"Tiltag {n:04d}"}) for n in range(600)],
        )

    register.transact(Op("test", "test"), put_many)
    model = InitiativeModel(register, vocabulary(), COLUMNS)
    model.set_query(Query("initiative", order=Order("title")))
    assert model.rowCount() == 600
    assert model.index(0, 0).data() == "Tiltag 0000"
    assert model.index(599, 0).data() == "Tiltag 0599"
    assert sorted(model.pages_read) == [0, 599 // PAGE]


def test_rows_beyond_the_list_have_no_data(picture: Picture) -> None:
    assert picture.model.record(99) is None
    assert picture.model.id_at(-1) == ""
    assert picture.model.row_of("no-such-id") == -1
    assert picture.model.data(QModelIndex()) is None
