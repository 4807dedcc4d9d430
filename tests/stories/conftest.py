"""Stories use the same window, register and people as the tests of the interface."""

from __future__ import annotations

from tests.ui.conftest import (
    looks,
    open_window,
    prompts,
    qapp_args,
    register,
    settings,
)

__all__ = ["looks", "open_window", "prompts", "qapp_args", "register", "settings"]
