"""The log tells where a fault was, never what stood in the register."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from pathlib import Path

import pytest

from coi_desktop.errors import Problem
from coi_desktop.logs import start_log
from coi_desktop.models.changes import ChangeSet, Op
from coi_desktop.store.register import Register

SECRET = "Jens Hansen 010190-1234"


@pytest.fixture
def log(tmp_path: Path) -> Iterator[Path]:
    """The log of this test, closed at the end."""
    logger = logging.getLogger("coi_desktop")
    before = list(logger.handlers)
    yield start_log(tmp_path / "log på Ærø")
    for handler in [handler for handler in logger.handlers if handler not in before]:
        logger.removeHandler(handler)
        handler.close()


def test_a_start_without_faults_writes_no_log(log: Path) -> None:
    assert not log.parent.exists()


def fail() -> None:
    """Raise an error that quotes a record, led to by others that do too."""
    try:
        try:
            raise KeyError(SECRET)
        except KeyError as error:
            error.add_note(SECRET)
            raise Problem(SECRET, meaning=SECRET, advice=SECRET) from error
    except Problem:
        raise ValueError(f"kan ikke læse {SECRET}")  # noqa: B904 - the context is what is tried


def test_an_error_is_logged_by_place_and_kind_without_what_it_says(log: Path) -> None:
    logger = logging.getLogger("coi_desktop.somewhere")
    try:
        fail()
    except ValueError:
        logger.exception("a slot failed")
    text = log.read_text(encoding="utf-8")
    assert "Jens" not in text
    assert "010190" not in text
    for wanted in ("a slot failed", "test_logs.py", "in fail", "ValueError", "Problem", "KeyError"):
        assert wanted in text


def test_a_listener_that_fails_over_a_record_leaves_nothing_of_it_in_the_log(
    log: Path, tmp_path: Path
) -> None:
    def broken(changes: ChangeSet) -> None:
        raise RuntimeError(f"{changes.rows}")

    with Register.create(tmp_path / "a.coi") as register:
        register.subscribe(broken)
        add = Op("initiative.add", "Add")
        made = register.transact(
            add, lambda writer: writer.put("initiative", {"title": SECRET}), detail=SECRET
        )
        assert made.result
    text = log.read_text(encoding="utf-8")
    assert "Jens" not in text
    assert "initiative.add" in text
    assert "RuntimeError" in text


def test_a_log_that_cannot_be_written_costs_only_the_log(tmp_path: Path) -> None:
    (tmp_path / "fil").touch()
    logger = logging.getLogger("coi_desktop")
    before = list(logger.handlers)
    start_log(tmp_path / "fil")
    try:
        logger.warning("nothing happens")
    finally:
        for handler in [handler for handler in logger.handlers if handler not in before]:
            logger.removeHandler(handler)
            handler.close()
    assert (tmp_path / "fil").is_file()
