"""Imports PySide6 without what it does in every program and no start needs, which would cost a third more.

It compiles the modules that explain signatures, in ``help()`` and where a call does not fit, anew from their
sources each time: they are put off until somebody asks for an explanation. The tools that write its own type
stubs are left out. And for ``from __feature__ import …``, which this program does not use, it puts an import
of its own in the place of Python's, which reads the source of every module that is imported later and looks
for its name in it: Python's is put back, and what reads sources is not loaded.
"""

from __future__ import annotations

import builtins
import sys
from collections.abc import Mapping, Sequence
from importlib import import_module
from importlib.machinery import ModuleSpec
from importlib.util import module_from_spec
from types import ModuleType
from typing import Any

#: Modules of PySide6's package ``shibokensupport`` that only write type stubs.
_LEFT_OUT = frozenset(
    ("shibokensupport.signature.lib.pyi_generator", "shibokensupport.signature.lib.enum_sig")
)
#: Those that explain signatures.
_PUT_OFF = frozenset(
    (
        "shibokensupport.signature.errorhandler",
        "shibokensupport.signature.layout",
        "shibokensupport.signature.lib.tool",
        "shibokensupport.signature.mapping",
        "shibokensupport.signature.parser",
    )
)
#: It reads sources by ``inspect``, a module with a long tail that no window needs.
_FEATURE = "shibokensupport.feature"
#: A function that PySide6 takes out of ``mapping`` by hand, before it explains a call.
_TAKEN_BY_HAND = "update_mapping"
_PACKAGES = frozenset(name.rpartition(".")[0] for name in _LEFT_OUT | _PUT_OFF)

_python_import = builtins.__import__


def import_qt() -> None:
    """Import PySide6, then go on with Python's own import. A PySide6 that is imported already stays as it is,
    and one that is built otherwise is imported with all that belongs to it.
    """
    builtins.__import__ = _import_lean
    try:
        import PySide6.QtCore  # noqa: F401
    finally:
        builtins.__import__ = _python_import


class _LateModule(ModuleType):
    """Stands for a module, which is loaded when something in it is asked for."""

    def __init__(self, name: str, finder: Any) -> None:
        super().__init__(name)
        self.__spec__ = ModuleSpec(name, None)
        self.__dict__["_late"] = (name, finder)
        self.__dict__[_TAKEN_BY_HAND] = lambda: getattr(self._load(), _TAKEN_BY_HAND)()

    def __getattr__(self, name: str) -> Any:
        if name.startswith("__"):
            raise AttributeError(name)
        return getattr(self._load(), name)

    def _load(self) -> ModuleType:
        name, finder = self.__dict__["_late"]
        loaded = sys.modules.get(name, self)
        if loaded is not self:
            return loaded
        del sys.modules[name]
        # The package was found by a finder that is taken away after the import of PySide6.
        sys.meta_path.insert(0, finder)
        try:
            return import_module(name)
        finally:
            sys.meta_path.remove(finder)


def _without_sources() -> ModuleType:
    """What stands for ``inspect`` where only ``getsource`` is asked: modules of PySide6 have none to read."""
    found = ModuleType("inspect")
    vars(found)["getsource"] = _refuse_source
    return found


def _refuse_source(module: ModuleType) -> str:
    raise TypeError(module.__name__)


def _import_lean(
    name: str,
    globals: Mapping[str, object] | None = None,
    locals: Mapping[str, object] | None = None,
    fromlist: Sequence[str] | None = (),
    level: int = 0,
) -> ModuleType:
    if name == "inspect" and globals is not None and globals.get("__name__") == _FEATURE:
        return _without_sources()
    if fromlist and level == 0 and name in _PACKAGES:
        package = _python_import(name, globals, locals, ("__name__",))
        finder = package.__loader__  # of modules that lie within the library; others are compiled once
        for part in fromlist:
            module = f"{name}.{part}"
            # "from package import module" takes what the package has.
            if module in _LEFT_OUT:
                vars(package)[part] = module_from_spec(ModuleSpec(module, None))
            elif module in _PUT_OFF and module not in sys.modules and hasattr(finder, "find_spec"):
                vars(package)[part] = sys.modules[module] = _LateModule(module, finder)
    return _python_import(name, globals, locals, fromlist, level)
