"""Waiting in tests for what runs beside the window."""

from __future__ import annotations

from pytestqt.qtbot import QtBot

from coi_desktop.ui.desk import Desk

LONGEST = 30_000


def wait_until_idle(qtbot: QtBot, desk: Desk) -> None:
    """Until no job runs or waits any more, those that a job's end began included."""
    qtbot.waitUntil(lambda: not desk.runner.is_busy, timeout=LONGEST)
