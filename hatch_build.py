"""Build hook: the message catalogues are compiled before a wheel or an editable install is made."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface


class CatalogueBuildHook(BuildHookInterface[Any]):
    """Writes resources/locale/<language>/LC_MESSAGES/coi_desktop.mo and adds it to the wheel."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        sys.path.insert(0, self.root)
        try:
            from tools.translations import compile_catalogues
        finally:
            sys.path.pop(0)
        catalogues = compile_catalogues(Path(self.root) / "resources" / "locale")
        if version == "editable":
            return
        for path in catalogues:
            # .mo files are ignored by git, and what git ignores hatchling leaves out unless it is named.
            inside = Path("coi_desktop") / path.relative_to(self.root)
            build_data["force_include"][str(path)] = inside.as_posix()
