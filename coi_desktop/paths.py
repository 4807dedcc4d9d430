"""Where the program keeps things, asked of the platform and never built by hand."""

from __future__ import annotations

from pathlib import Path

import platformdirs

_APP = "COI Desktop"
SUFFIX = ".coi"


def local_folder() -> Path:
    """The folder for the user's register: on this computer, not roaming and not synchronised."""
    return Path(platformdirs.user_data_dir(_APP, appauthor=False, roaming=False))


def own_register() -> Path:
    """Where the user's own register lies unless told otherwise."""
    return local_folder() / f"register{SUFFIX}"


def sample_register() -> Path:
    """Where the sample portfolio lies, apart from the user's own register."""
    return local_folder() / "eksempel" / f"eksempel{SUFFIX}"


def backup_folder() -> Path:
    """Where backups go: outside the register's own folder."""
    return Path(platformdirs.user_data_dir(f"{_APP} backup", appauthor=False, roaming=False))


def settings_file() -> Path:
    """The small file with the user's settings."""
    return Path(platformdirs.user_config_dir(_APP, appauthor=False, roaming=True)) / "settings.json"


def cache_folder() -> Path:
    """A folder for what can be made again."""
    return Path(platformdirs.user_cache_dir(_APP, appauthor=False))


def log_folder() -> Path:
    """The folder of the program's log."""
    return Path(platformdirs.user_log_dir(_APP, appauthor=False))
