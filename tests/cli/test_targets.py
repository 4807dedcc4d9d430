"""Where commands may write: never over the register, and with a sentence where there is no way to write."""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from coi_desktop.store.register import Register
from tests.cli.test_commands import coi, coi_json
from tests.disks import run_as_nobody, write_protected


@pytest.mark.parametrize("command", ["export-workbook", "export-pack", "backup", "new"])
def test_nothing_is_written_over_a_register(sample: Path, tmp_path: Path, command: str) -> None:
    another = tmp_path / "another.coi"
    assert coi("new", another).returncode == 0
    for target in (sample, another):
        before = target.read_bytes()
        done = coi(command, target) if command == "new" else coi(command, sample, target)
        assert done.returncode == 1
        assert done.stdout == ""
        assert len(done.stderr.splitlines()) == 3
        assert target.read_bytes() == before
    assert len(coi_json("list", sample, "--json")) == 12


@pytest.mark.parametrize("suffix", [".xlsx", ".XLSX"])
def test_an_older_file_of_the_same_kind_is_replaced(sample: Path, tmp_path: Path, suffix: str) -> None:
    target = tmp_path / f"Portefølje{suffix}"
    target.write_bytes(b"old")
    assert coi("export-workbook", sample, target).returncode == 0
    assert target.read_bytes().startswith(b"PK")


@pytest.mark.parametrize("command", ["list", "new", "check", "undo"])
def test_a_name_too_long_for_the_disk_is_a_problem_with_advice(tmp_path: Path, command: str) -> None:
    done = coi(command, tmp_path / ("æ" * 300 + ".coi"))
    assert done.returncode == 1
    assert "Traceback" not in done.stderr
    assert len(done.stderr.splitlines()) == 3


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="no device that is always full")
@pytest.mark.parametrize("redirected", ["> /dev/full", ">&-", ">&- 2>&-", "--json > /dev/full", "2>&-"])
def test_output_that_cannot_be_written_is_no_crash(sample: Path, redirected: str) -> None:
    line = f'"{sys.executable}" -m coi_desktop list "{sample}" {redirected}'
    done = subprocess.run(["bash", "-c", line], capture_output=True, text=True, timeout=60, check=False)
    assert "Traceback" not in done.stderr
    assert done.returncode == (1 if "/dev/full" in redirected else 0)


@pytest.mark.parametrize(
    ("command", "name", "suffix"),
    [
        ("export-workbook", "o.txt", ".xlsx"),
        ("export-workbook", "Portefølje", ".xlsx"),
        ("export-pack", "pakke.zip", ".coipack"),
    ],
)
def test_a_name_of_another_kind_is_refused_with_the_right_ending(
    sample: Path, tmp_path: Path, command: str, name: str, suffix: str
) -> None:
    done = coi(command, sample, tmp_path / name)
    assert (done.returncode, done.stdout) == (1, "")
    assert suffix in done.stderr
    assert list(tmp_path.iterdir()) == []


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no pipes with names")
@pytest.mark.parametrize("command", ["export-workbook", "export-pack"])
def test_what_is_no_ordinary_file_is_never_replaced(sample: Path, tmp_path: Path, command: str) -> None:
    pipe = tmp_path / ("o.xlsx" if command == "export-workbook" else "o.coipack")
    os.mkfifo(pipe)
    done = coi(command, sample, pipe)
    assert done.returncode == 1
    assert len(done.stderr.splitlines()) == 3
    assert pipe.is_fifo()


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no pipes with names")
@pytest.mark.parametrize("command", ["import-table", "import-pack", "--mapping"])
def test_a_pipe_is_refused_instead_of_waited_for(tmp_path: Path, command: str) -> None:
    register, pipe, table = tmp_path / "r.coi", tmp_path / "liste.csv", tmp_path / "t.csv"
    assert coi("new", register).returncode == 0
    table.write_text("Titel\nEn\n", encoding="utf-8")
    os.mkfifo(pipe)
    arguments = (
        ("import-table", register, table, command, pipe)
        if command == "--mapping"
        else (command, register, pipe)
    )
    done = coi(*arguments)
    assert (done.returncode, done.stdout) == (1, "")
    assert len(done.stderr.splitlines()) == 3


@pytest.mark.parametrize("command", ["new", "list", "undo", "check"])
def test_a_path_longer_than_a_register_may_have_is_said_to_be_too_long(tmp_path: Path, command: str) -> None:
    folder = tmp_path
    while len(os.fsencode(folder)) < 540:
        folder /= "d" * 60
    folder.mkdir(parents=True)
    path = folder / "r.coi"
    if command != "new":
        path.write_bytes(b"SQLite format 3\0")
    done = coi(command, path)
    assert done.returncode == 1
    assert "for lang" in done.stderr
    assert str(len(os.fsencode(path))) in done.stderr


@pytest.mark.parametrize("command", ["new", "list", "export-workbook"])
def test_a_name_longer_than_a_file_may_have_is_said_to_be_too_long(
    sample: Path, tmp_path: Path, command: str
) -> None:
    target = tmp_path / ("æ" * 124 + ".xlsx")
    done = (
        coi(command, sample, target)
        if command == "export-workbook"
        else coi(command, tmp_path / ("æ" * 130 + ".coi"))
    )
    assert done.returncode == 1
    assert "for lang" in done.stderr
    assert len(done.stderr.splitlines()) == 3


@pytest.mark.parametrize("arguments", [("new", ""), ("list", ""), ("export-workbook", "", "o.xlsx")])
def test_an_empty_name_is_wrong_usage(arguments: tuple[str, ...]) -> None:
    done = coi(*arguments)
    assert done.returncode == 2
    assert "FILE" in done.stderr


@pytest.mark.parametrize(
    ("name", "content", "words"),
    [
        ("liste.xlsx", None, "Excel-projektmappe"),
        ("liste.coipack", b"Titel;Status\nEn;Aktiv\n", "Importér liste"),
        ("tom.coipack", b"", "0 byte"),
        ("rapport.coipack", b"%PDF-1.4", "PDF"),
    ],
)
def test_a_file_of_another_kind_is_named_instead_of_suspected(
    sample: Path, tmp_path: Path, name: str, content: bytes | None, words: str
) -> None:
    path = tmp_path / name
    if content is None:
        assert coi("export-workbook", sample, path).returncode == 0
    else:
        path.write_bytes(content)
    done = coi("import-pack", sample, path, "--json")
    assert (done.returncode, done.stdout) == (1, "")
    assert words in done.stderr
    assert "skade" not in done.stderr


@pytest.mark.skipif(sys.platform != "linux", reason="elsewhere there is always a screen")
@pytest.mark.parametrize("arguments", [[], ["--register", "r.coi"]])
def test_the_window_without_a_screen_is_refused_in_a_sentence(tmp_path: Path, arguments: list[str]) -> None:
    screens = ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM")
    done = subprocess.run(
        [sys.executable, "-m", "coi_desktop", *arguments],
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
        env={name: value for name, value in os.environ.items() if name not in screens} | {"LC_ALL": "en_GB"},
    )
    assert (done.returncode, done.stdout) == (1, "")
    assert len(done.stderr.splitlines()) == 3
    assert "no screen" in done.stderr
    assert list(tmp_path.iterdir()) == []


@pytest.fixture
def open_folder() -> Iterator[Path]:
    """A folder that every user of the computer may look into, unlike pytest's own."""
    with tempfile.TemporaryDirectory() as name:
        Path(name).chmod(0o755)
        yield Path(name)


@pytest.mark.parametrize("command", ["list", "import-table", "import-pack"])
def test_a_file_that_may_not_be_read_is_a_problem_and_no_wrong_usage(open_folder: Path, command: str) -> None:
    register, secret = open_folder / "r.coi", open_folder / "hemmelig.csv"
    with Register.create(register):
        pass
    secret.write_text("Titel\nEn\n", encoding="utf-8")
    secret.chmod(0o600)
    arguments: list[object] = {
        "list": ["list", secret],
        "import-table": ["import-table", register, secret, "--dry-run"],
        "import-pack": ["import-pack", register, secret, "--dry-run"],
    }[command]
    done = run_as_nobody("-m", "coi_desktop", *map(str, arguments), language="da_DK.UTF-8")
    assert (done.returncode, done.stdout) == (1, "")
    assert len(done.stderr.splitlines()) == 3


def test_cases_of_a_register_that_may_only_be_read_can_be_shared(sample: Path, tmp_path: Path) -> None:
    folder, pack, again = tmp_path / "fælles", tmp_path / "p.coipack", tmp_path / "q.coipack"
    folder.mkdir()
    register = folder / "r.coi"
    register.write_bytes(sample.read_bytes())
    with write_protected(folder):
        done = coi("export-pack", register, pack)
    assert (done.returncode, done.stdout.strip()) == (0, str(pack))
    assert "kan kun læses" in done.stderr
    assert register.read_bytes() == sample.read_bytes()
    assert coi("export-pack", register, again).returncode == 0
    assert coi_json("import-pack", register, pack, "--json")["identical"] == 12
