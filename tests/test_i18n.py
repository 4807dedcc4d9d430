"""Which language the program speaks when nobody has chosen one."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from coi_desktop.i18n import system_language

ROOT = Path(__file__).resolve().parent.parent


@pytest.mark.parametrize(
    ("environment", "language"),
    [
        ({"LANG": "da_DK.UTF-8"}, "da"),
        ({"LANG": "en_GB.UTF-8"}, "en"),
        ({"LANG": "en"}, "en"),
        ({"LANG": "C.UTF-8"}, "da"),
        ({"LANG": "POSIX"}, "da"),
        ({"LANG": "da_DK.UTF-8", "LC_MESSAGES": "en_US.UTF-8"}, "en"),
        ({"LANG": "en_US.UTF-8", "LC_ALL": "da_DK.UTF-8"}, "da"),
        ({"LANG": "de_DE.UTF-8"}, "da"),
    ],
)
def test_an_english_system_gets_english_and_every_other_danish(
    environment: dict[str, str], language: str
) -> None:
    assert system_language(environment) == language


@pytest.mark.skipif(sys.platform == "win32", reason="Windows always has a language")
def test_a_system_that_says_nothing_gets_danish() -> None:
    silent = {name: value for name, value in os.environ.items() if not name.startswith(("LC_", "LANG"))}
    script = "from coi_desktop.i18n import system_language; print(system_language())"
    done = subprocess.run(
        [sys.executable, "-c", script],
        cwd=ROOT,
        env=silent,
        capture_output=True,
        text=True,
        timeout=60,
        check=True,
    )
    assert done.stdout.strip() == "da"
