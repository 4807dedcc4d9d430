"""The register of every released version opens, is sound, and can be worked on."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from coi_desktop.models.query import Order, Query
from coi_desktop.models.record_types.table import RECORD_TYPES
from coi_desktop.store.register import Register
from coi_desktop.store.schema import SCHEMA_VERSION
from tests.store.make_released import FOLDER
from tests.store.making import add


@pytest.mark.parametrize("version", range(1, SCHEMA_VERSION + 1))
def test_a_released_register_opens_and_keeps_what_it_holds(version: int, tmp_path: Path) -> None:
    path = tmp_path / "register.coi"
    shutil.copyfile(FOLDER / f"v{version}.coi", path)
    with Register.open(path) as register:
        assert register.find_damage() == []
        assert register.unit().text("name") == "Eksempel Kommune"
        counts = {name: register.count(name) for name in RECORD_TYPES}
        assert (counts["initiative"], counts["evaluation"], counts["measurement"], counts["case"]) == (
            5,
            2,
            2,
            2,
        )
        assert len(register.find(Query(search="hjemmepl"))) == 1
        titles = [record.text("title") for record in register.find(Query(order=Order("title")))]
        assert titles[-1] == "Åben dør på biblioteket"
        assert register.next_redo is not None
        before = register.snapshot()
        register.redo()
        register.undo()
        assert register.snapshot().records == before.records
        assert add(register, "Nyt")
        while register.undo() is not None:
            pass
        assert register.count("initiative") == 0
        assert register.find_damage() == []
