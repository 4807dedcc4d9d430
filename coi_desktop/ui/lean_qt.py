"""Imports PySide6 without two things that it does in every program and that cost a start a tenth and more.

It loads the tools that write its own type stubs, compiled anew from their sources each time. And for
``from __feature__ import …``, which this program does not use, it puts an import of its own in the place of
Python's, which reads the source of every module that is imported later and looks for its name in it.
"""

from __future__ import annotations

import builtins
from collections.abc import Mapping, Sequence
from importlib.machinery import ModuleSpec
from importlib.util import module_from_spec
from types import ModuleType

#: Modules of PySide6's package ``shibokensupport.signature.lib`` that only write type stubs.
_LEFT_OUT = frozenset(("pyi_generator", "enum_sig"))

_python_import = builtins.__import__


def import_qt() -> None:
    """Import PySide6, then go on with Python's own import. A PySide6 that is imported already stays as it is,
    and one that is built otherwise is imported with all that belongs to it.
    """
    builtins.__import__ = _import_without_stub_writers
    try:
        import PySide6.QtCore  # noqa: F401
    finally:
        builtins.__import__ = _python_import


def _import_without_stub_writers(
    name: str,
    globals: Mapping[str, object] | None = None,
    locals: Mapping[str, object] | None = None,
    fromlist: Sequence[str] | None = (),
    level: int = 0,
) -> ModuleType:
    if fromlist and level == 0 and name == "shibokensupport.signature.lib":
        package = _python_import(name, globals, locals, ("__name__",))
        for module in _LEFT_OUT.intersection(fromlist):
            # An empty one in its place: "from package import module" takes what the package has.
            vars(package)[module] = module_from_spec(ModuleSpec(f"{name}.{module}", None))
    return _python_import(name, globals, locals, fromlist, level)
