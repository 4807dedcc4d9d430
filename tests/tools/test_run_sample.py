"""`make run` opens a window where there is a display and says so where there is none."""

from __future__ import annotations

import sys

import pytest

from tools import run_sample

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="other systems always have a display")


def test_without_a_display_there_is_none() -> None:
    assert not run_sample.has_display()


def test_a_display_that_nobody_serves_is_none(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DISPLAY", ":987")
    assert not run_sample.has_display()


def test_a_wayland_session_is_a_display(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("WAYLAND_DISPLAY", "wayland-0")
    assert run_sample.has_display()
