"""Build hook: the message catalogues are compiled before a wheel or an editable install is made."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface


class CatalogueBuildHook(BuildHookInterface[Any]):
    """Writes resources/locale/<language>/LC_MESSAGES/coi_desktop.mo."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        sys.path.insert(0, self.root)
        try:
            from tools.translations import compile_catalogues
        finally:
            sys.path.pop(0)
        # Git ignores what is compiled; the forced inclusion of the resources takes it along all the same.
        compile_catalogues(Path(self.root) / "resources" / "locale")
