"""What the machine lacks is found without Qt, and said in one line that installs it."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from tools import system_libraries

SCRIPT = Path(system_libraries.__file__)


def test_a_library_that_is_not_there_is_named_with_its_package() -> None:
    wanted = {"libnowhere.so.99": "libnowhere99", "libc.so.6": "libc6"}
    assert system_libraries.find_missing_libraries(wanted) == {"libnowhere.so.99": "libnowhere99"}


def test_a_folder_without_fonts_has_none(tmp_path: Path) -> None:
    assert not system_libraries.has_fonts([str(tmp_path), str(tmp_path / "missing")])
    (tmp_path / "truetype").mkdir()
    (tmp_path / "truetype" / "DejaVuSans.TTF").touch()
    assert system_libraries.has_fonts([str(tmp_path)])


@pytest.mark.skipif(sys.platform != "linux", reason="other systems bring what Qt needs")
def test_this_machine_has_what_offscreen_tests_need() -> None:
    assert system_libraries.find_missing(["environment", "offscreen"]) == {}


def test_without_the_right_to_install_one_line_says_what_to_run(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setitem(system_libraries.LIBRARIES, "window", {"libnowhere.so.99": "libnowhere99"})
    assert system_libraries.ensure(["window"], may_install=False, quiet=True) == 1
    assert capsys.readouterr().err == (
        "This system lacks libnowhere.so.99.\n"
        "On Debian or Ubuntu, run as root:  apt-get install -y --no-install-recommends libnowhere99\n"
    )


def test_it_runs_with_nothing_but_the_standard_library() -> None:
    script = f"import sys, runpy; sys.argv = ['x', '--quiet', 'environment']; runpy.run_path({str(SCRIPT)!r})"
    done = subprocess.run(
        [sys.executable, "-I", "-S", "-c", script], capture_output=True, text=True, timeout=60, check=False
    )
    assert done.returncode == 0, done.stderr
