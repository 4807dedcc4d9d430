"""Who may import whom, and the other rules of the house. Each rule must also find a planted offence."""

from __future__ import annotations

import os
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

from tests.source_rules import HEAVY, MOST_LINES, RULES

ROOT = Path(__file__).resolve().parent.parent
PACKAGE = ROOT / "coi_desktop"

# rule -> source files that break it, each alone
PLANTED = {
    "qt_outside_ui": [
        {"operations/exports.py": "from PySide6.QtCore import QObject\n"},
        {"cli/windows.py": "def show():\n    import PySide6.QtWidgets\n"},
    ],
    "sql_outside_store": [
        {"operations/registers.py": "import sqlite3\n"},
        {"ui/pages/list.py": "def rows():\n    from sqlite_utils import Database\n"},
    ],
    "never_imported": [
        {"exchange/charts.py": "def draw():\n    import matplotlib.pyplot as plt\n"},
        {"exchange/charts.py": "def draw():\n    from matplotlib import pyplot\n"},
        {"ui/tables.py": "from PySide6 import QtSql\n"},
        {"operations/packs.py": "from urllib import request\n"},
    ],
    "heavy_at_the_top": [
        {"exchange/workbook.py": "import xlsxwriter\n"},
        {"exchange/charts.py": "class Chart:\n    from matplotlib.figure import Figure\n"},
        {"exchange/charts.py": "try:\n    import numpy\nexcept ImportError:\n    pass\n"},
    ],
    "impure_models": [
        {"models/texts.py": "import click\n"},
        {"models/texts.py": "from coi_desktop import resources\n"},
        {"models/texts.py": "def now():\n    from coi_desktop.store.register import Register\n"},
    ],
    "strangers_in_base": [{"settings.py": "import platformdirs\n"}, {"errors.py": "import click\n"}],
    "ui_past_operations": [
        {"ui/dialogs/export.py": "from coi_desktop.exchange.workbook import write_workbook\n"},
        {"cli/registers.py": "from coi_desktop.store import backups\n"},
    ],
    "full_init_files": [{"models/__init__.py": "from coi_desktop.models.ids import new_id\n"}],
    "long_files": [{"store/rows.py": "x = 1\n" * (MOST_LINES + 1)}],
    "fetched_layout_items": [
        {"ui/tab_order.py": "def first(layout):\n    return layout.itemAt(0)\n"},
    ],
    "banned_names": [
        {"operations/export_manager.py": ""},
        {"ui/forms/fields.py": "class FieldHelper: ...\n"},
        {"ui/forms/fields.py": "class CaseView: ...\n"},
    ],
    "import_cycles": [
        {
            "models/records.py": "from coi_desktop.models import fields\n",
            "models/fields.py": "def record():\n    from coi_desktop.models.records import Record\n",
        },
        {
            "models/a.py": "from coi_desktop.models.b import x\n",
            "models/b.py": "import coi_desktop.models.c\n",
            "models/c.py": "from typing import TYPE_CHECKING\n"
            "if TYPE_CHECKING:\n    from coi_desktop.models.a import y\n",
        },
    ],
}

# What the rules must let pass.
INNOCENT = {
    "models/records.py": "import decimal\nfrom coi_desktop.errors import Problem\n",
    "models/text.py": "from coi_desktop.i18n import _\n",
    "models/fields.py": "from coi_desktop.models.records import Record\n",
    "store/register.py": "import sqlite3\ndef migrate():\n    from sqlite_utils import Database\n",
    "exchange/workbook.py": "from typing import TYPE_CHECKING\n"
    "if TYPE_CHECKING:\n    import xlsxwriter\n"
    "def write():\n    import xlsxwriter\n",
    "ui/main_window.py": "from PySide6.QtWidgets import QMainWindow\n"
    "from coi_desktop.store.register import Register\n"
    "class MainWindow(QMainWindow): ...\n",
    "ui/flow.py": "class Flow(QLayout):\n    def itemAt(self, index):\n        return self._items[index]\n",
    "paths.py": "import platformdirs\nfrom urllib.parse import quote\n",
    "errors.py": "class Problem(Exception): ...\n",
    "i18n.py": "from coi_desktop import errors\n",
}

LAYER_OFFENCES = [
    {"models/records.py": "def rows():\n    from coi_desktop.store import register\n"},
    {"store/register.py": "from coi_desktop.exchange import atomic\n"},
    {"exchange/atomic.py": "from coi_desktop.store import register\n"},
    {"operations/exports.py": "from coi_desktop.ui import main_window\n"},
    {"cli/windows.py": "def show():\n    from coi_desktop.ui import main_window\n"},
    {"ui/main_window.py": "from coi_desktop import app\n"},
    {"errors.py": "from coi_desktop import i18n\n", "i18n.py": ""},
    {"resources.py": "from coi_desktop.models import records\n"},
]


def plant(folder: Path, sources: dict[str, str]) -> Path:
    """A package of our name with these source files and empty __init__.py files."""
    package = folder / "coi_desktop"
    for name, text in sources.items():
        path = package / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    for path in (package, *(p for p in package.rglob("*") if p.is_dir())):
        (path / "__init__.py").touch()
    return package


@pytest.mark.parametrize("rule", RULES)
def test_the_source_keeps_the_rule(rule: str) -> None:
    assert RULES[rule](PACKAGE) == []


@pytest.mark.parametrize(
    ("rule", "number"), [(rule, n) for rule, cases in PLANTED.items() for n in range(len(cases))]
)
def test_a_planted_offence_is_found(rule: str, number: int, tmp_path: Path) -> None:
    assert len(RULES[rule](plant(tmp_path, PLANTED[rule][number]))) == 1


def test_every_rule_has_a_planted_offence() -> None:
    assert PLANTED.keys() == RULES.keys()


@pytest.mark.parametrize("rule", RULES)
def test_innocent_source_passes(rule: str, tmp_path: Path) -> None:
    assert RULES[rule](plant(tmp_path, INNOCENT)) == []


def check_layers(folder: Path, settings: Path) -> subprocess.CompletedProcess[str]:
    """Runs the contracts of pyproject.toml on the package that lies in the folder."""
    script = (
        "import sys; from importlinter.cli import lint_imports_command as check; "
        "sys.path.insert(0, sys.argv.pop(1)); check()"
    )
    return subprocess.run(
        [sys.executable, "-c", script, str(folder), "--config", str(settings), "--no-cache"],
        cwd=folder,
        env=os.environ | {"PYTHONPATH": str(folder)},
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )


def test_the_layers_hold() -> None:
    done = check_layers(ROOT, ROOT / "pyproject.toml")
    assert done.returncode == 0, done.stdout + done.stderr


def test_the_layers_pass_innocent_source(tmp_path: Path) -> None:
    plant(tmp_path, INNOCENT)
    done = check_layers(tmp_path, ROOT / "pyproject.toml")
    assert done.returncode == 0, done.stdout + done.stderr


@pytest.mark.parametrize("number", range(len(LAYER_OFFENCES)))
def test_the_layers_find_a_planted_offence(number: int, tmp_path: Path) -> None:
    whole = dict.fromkeys(
        (
            "app.py",
            "models/records.py",
            "store/register.py",
            "exchange/atomic.py",
            "ui/main_window.py",
            "i18n.py",
        ),
        "",
    )
    plant(tmp_path, whole | LAYER_OFFENCES[number])
    done = check_layers(tmp_path, ROOT / "pyproject.toml")
    assert done.returncode == 1, done.stdout + done.stderr
    assert "BROKEN" in done.stdout


WAY_TO_THE_WINDOW = [
    "coi_desktop.__main__",
    "coi_desktop.app",
    "coi_desktop.ui.application",
    "coi_desktop.ui.main_window",
]


def loaded_heavy(statement: str) -> list[str]:
    """The heavy libraries that a statement loads in a fresh interpreter."""
    script = f"import sys\n{statement}\nprint(*sorted(set(sys.modules) & set({HEAVY!r})))"
    done = subprocess.run(
        [sys.executable, "-c", script], capture_output=True, text=True, timeout=120, cwd=ROOT, check=True
    )
    return done.stdout.split()


def test_nothing_heavy_is_loaded_on_the_way_to_the_first_window() -> None:
    there = [name for name in WAY_TO_THE_WINDOW if (ROOT / (name.replace(".", "/") + ".py")).exists()]
    assert loaded_heavy("\n".join(f"import {name}" for name in there)) == []


def test_a_heavy_library_on_the_way_would_be_seen() -> None:
    assert "openpyxl" in loaded_heavy("import openpyxl")


# ----------------------------------------------------------------------------------------- what is installed


def test_the_pinned_packages_name_no_registry_and_carry_hashes() -> None:
    text = (ROOT / "requirements.txt").read_text(encoding="utf-8")
    assert "://" not in text
    assert "--index" not in text
    assert "--find-links" not in text
    pins = [line for line in text.splitlines() if line and not line.startswith((" ", "#"))]
    assert all("==" in pin and pin.endswith("\\") for pin in pins)


def test_every_package_the_project_asks_for_is_pinned() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    pinned = {
        line.split("==")[0]
        for line in (ROOT / "requirements.txt").read_text(encoding="utf-8").splitlines()
        if "==" in line and not line.startswith((" ", "#"))
    }
    asked = project["dependencies"] + project["optional-dependencies"]["dev"]
    names = {text.split(">")[0].split("=")[0].split("[")[0].lower().replace("_", "-") for text in asked}
    assert names - pinned == set()


@pytest.mark.skipif(not (ROOT / ".git").exists(), reason="not a clone")
def test_nothing_that_is_made_is_kept_in_git() -> None:
    done = subprocess.run(
        ["git", "ls-files", "--cached", "--ignored", "--exclude-standard"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        timeout=60,
        check=True,
    )
    assert done.stdout == ""
