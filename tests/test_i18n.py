"""Which language the program speaks when nobody has chosen one."""

from __future__ import annotations

import gettext
import os
import subprocess
import sys
from pathlib import Path

import pytest

from coi_desktop.i18n import Catalogue, _, ngettext, speaking, system_language

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


def test_the_catalogue_says_what_gettexts_own_reader_says() -> None:
    """Every message of the real catalogue, and some that are not in it."""
    path = ROOT / "resources" / "locale" / "da" / "LC_MESSAGES" / "coi_desktop.mo"
    with path.open("rb") as file:
        reference = gettext.GNUTranslations(file)
    plurals = {key[0] for key in reference._catalog if isinstance(key, tuple)}
    single = {key for key in reference._catalog if isinstance(key, str)}
    catalogue = Catalogue(path.read_bytes())
    assert len(single) > 500
    # Of plurals said as one sentence Python's own reader knew nothing before 3.12.
    for message in (single | {"a", "Zzz", "æ", "&", "File"}) - plurals - {""}:
        assert catalogue.find(message)[0] == reference.gettext(message)
    with speaking("da"):
        for message in plurals | {"no such message"}:
            for number in (0, 1, 2, 21):
                assert ngettext(message, "others", number) == reference.ngettext(message, "others", number)


def test_english_says_the_messages_themselves() -> None:
    with speaking("en"):
        assert _("&File") == "&File"
        assert [ngettext("{n} line", "{n} lines", number) for number in (0, 1, 2)] == [
            "{n} lines",
            "{n} line",
            "{n} lines",
        ]


def test_what_is_no_catalogue_is_refused() -> None:
    with pytest.raises(ValueError, match="not a compiled catalogue"):
        Catalogue(b"PK\x03\x04" + bytes(40))
