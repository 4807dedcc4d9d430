"""Gives Python its own ``import`` back, which PySide6 has replaced.

For ``from __feature__ import …``, which this program does not use, PySide6 reads the source of every module
that is imported after it and looks for its own name in it: a twentieth of the start.
"""

from __future__ import annotations

import builtins

import PySide6.QtCore  # noqa: F401 - it puts its own import in place


def use_plain_imports() -> None:
    """Import as Python does from here on. Where PySide6 has not replaced ``import``, nothing happens."""
    builtins.__import__ = getattr(builtins, "__orig_import__", builtins.__import__)
