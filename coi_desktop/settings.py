"""The user's settings: a small JSON file. What cannot be read is left out, never fatal."""

from __future__ import annotations

import contextlib
import copy
import json
import logging
import os
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any, NamedTuple

_log = logging.getLogger(__name__)


class Setting(NamedTuple):
    """One setting: its name in the file, the type of its value, and the value it has until one is set."""

    name: str
    kind: type
    default: Any
    allowed: tuple[Any, ...] = ()


SETTINGS: Mapping[str, Setting] = {
    setting.name: setting
    for setting in (
        Setting("language", str, "", ("", "da", "en")),
        Setting("theme", str, "", ("", "light", "dark", "contrast")),
        Setting("register", str, ""),
        Setting("own_made", bool, False),
        Setting("place_answers", dict, {}),
        Setting("backup_place", str, ""),
        Setting("backup_place_later", bool, False),
        Setting("version_seen", str, ""),
        Setting("window_geometry", str, ""),
        Setting("list_columns", list, []),
        Setting("list_widths", dict, {}),
        Setting("list_sort", list, []),
        Setting("list_filters", str, ""),
        Setting("list_grouping", str, ""),
        Setting("last_view", str, ""),
        Setting("splitter", list, []),
        Setting("cases_splitter", list, []),
        Setting("export_folder", str, ""),
        Setting("export_language", str, "", ("", "da", "en")),
        Setting("chart_formats", list, ["png"]),
        Setting("last_initiative", str, ""),
        Setting("my_name", str, ""),
        Setting("list_shape", str, "list", ("list", "board", "timeline")),
        Setting("help_folded", bool, False),
        Setting("walk_positions", dict, {}),
        Setting("attachment_notice_mb", int, 25),
        Setting("attachments_notice_mb", int, 2_000),
    )
}


class Settings:
    """Settings read from ``path`` and written back at ``save``. Unknown names in the file are kept."""

    def __init__(self, path: Path, values: dict[str, Any]) -> None:
        self.path = path
        self._values = values

    @classmethod
    def read(cls, path: Path) -> Settings:
        """The settings at ``path``; the defaults when there are none or the file is damaged."""
        values: Any = {}
        try:
            values = json.loads(path.read_text(encoding="utf-8"))
        except FileNotFoundError:
            pass
        except (OSError, ValueError, RecursionError):
            _log.warning("the settings file cannot be read; going on with the defaults")
        return cls(path, values if isinstance(values, dict) else {})

    def get(self, name: str) -> Any:
        """The value of a setting, or its default when the stored one does not fit; KeyError for no such."""
        setting = SETTINGS[name]
        value = self._values.get(name, setting.default)
        fits = isinstance(value, setting.kind) and (not setting.allowed or value in setting.allowed)
        return copy.deepcopy(value if fits else setting.default)

    def set(self, name: str, value: Any) -> None:
        """Give a setting a value, to be written at ``save``. ValueError when it does not fit."""
        setting = SETTINGS[name]
        if not isinstance(value, setting.kind) or (setting.allowed and value not in setting.allowed):
            raise ValueError(f"{name}: {value!r}")
        self._values[name] = value

    def rewrite(self, change: Callable[[str], str]) -> None:
        """Put every text among the values, names of entries too, through ``change``, and save."""
        self._values = {name: _rewritten(value, change) for name, value in self._values.items()}
        self.save()

    def save(self) -> None:
        """Write the settings; a folder that cannot be written only costs the settings."""
        half = self.path.with_name(f".{self.path.name}.{os.getpid()}.half")
        try:
            self.path.parent.mkdir(parents=True, exist_ok=True)
            with half.open("w", encoding="utf-8") as file:
                json.dump(self._values, file, ensure_ascii=True, indent=1)
                file.flush()
                os.fsync(file.fileno())
            half.replace(self.path)
        except OSError:
            _log.warning("the settings cannot be written")
            with contextlib.suppress(OSError):
                half.unlink()


def _rewritten(value: Any, change: Callable[[str], str]) -> Any:
    if isinstance(value, str):
        return change(value)
    if isinstance(value, list):
        return [_rewritten(one, change) for one in value]
    if isinstance(value, dict):
        return {change(name): _rewritten(one, change) for name, one in value.items()}
    return value
