"""Only what is listed is opened, and only when name and content agree."""

from __future__ import annotations

import copy
from typing import Any

import pytest

from coi_desktop import resources
from coi_desktop.i18n import speaking
from coi_desktop.models.attachment_kinds import (
    CONTENTS,
    FILE,
    UNKNOWN_MEDIA_TYPE,
    Opening,
    parse_attachment_kinds,
    suffix_of,
)
from coi_desktop.models.strict_tables import CatalogueError

KINDS = parse_attachment_kinds(resources.read_toml(FILE))

DANGEROUS = (
    "exe", "com", "bat", "cmd", "ps1", "vbs", "js", "jse", "wsf", "hta", "lnk", "url", "scr", "msi", "reg",
    "jar", "docm", "xlsm", "iso", "chm", "html", "svg", "search-ms", "library-ms", "desktop", "dll", "xll",
    "slk", "iqy",
)  # fmt: skip


@pytest.mark.parametrize("suffix", DANGEROUS)
@pytest.mark.parametrize(
    "name", ["fil.{}", "faktura.pdf.{}", "FIL.{} ", "fil.{}...", "a\\b/fil.{}", "x\u200b.{}\u200b"]
)
def test_what_can_run_is_never_opened_however_it_is_written(name: str, suffix: str) -> None:
    for written in (suffix, suffix.upper()):
        verdict = KINDS.judge(name.format(written), "text")
        assert verdict.opening is Opening.RUNS
        assert suffix in verdict.warning


@pytest.mark.parametrize("content", ["program", "script", "shortcut", "disk_image", "macros", "html", "svg"])
def test_what_can_run_is_never_opened_under_another_name(content: str) -> None:
    for suffix in KINDS.by_suffix:
        assert KINDS.judge(f"faktura{suffix}", content).opening is Opening.RUNS


def test_a_program_called_pdf_is_named_as_one() -> None:
    with speaking("da"):
        verdict = KINDS.judge("faktura.pdf", "program")
        assert verdict.warning == "Den hedder .pdf, men er et program, som kan køre på computeren."
    assert verdict.media_type == UNKNOWN_MEDIA_TYPE


def test_no_kind_opens_with_another_content_than_its_own() -> None:
    opened = 0
    for suffix, kind in KINDS.by_suffix.items():
        for content in CONTENTS:
            verdict = KINDS.judge(f"notat{suffix}", content)
            if verdict.opening is Opening.OPENS:
                opened += 1
                assert kind.opens
                assert content in kind.contents
                assert verdict.warning == ""
                assert verdict.media_type == kind.media_type
            else:
                assert verdict.warning
    assert opened > 20


@pytest.mark.parametrize(
    "name", ["", "README", "x.unknown", "x.", ".", "x.a b c d e f g h i j k l m n o p q r s"]
)
def test_an_ending_that_is_not_listed_is_only_saved(name: str) -> None:
    assert KINDS.judge(name, "pdf").opening is Opening.ONLY_SAVED


@pytest.mark.parametrize(
    ("name", "suffix"),
    [
        ("a.PDF", ".pdf"),
        ("a.pdf . .", ".pdf"),
        ("fak\u202efdp.exe", ".exe"),
        ("a.b/c", ""),
        ("a.exe\u202e", ".exe"),
        ("a.ex\u200be", ".exe"),
        (".pdf", ".pdf"),
        ("a..", ""),
    ],
)
def test_the_ending_is_read_as_windows_does(name: str, suffix: str) -> None:
    assert suffix_of(name) == suffix


def test_a_mistake_in_the_list_is_named_with_its_place() -> None:
    good = resources.read_toml(FILE)

    def broken(change: str) -> Any:
        values = copy.deepcopy(good)
        first = values["kind"][0]
        if change == "unknown":
            first["colour"] = "red"
        elif change == "content":
            first["contents"] = ["elephant"]
        elif change == "twice":
            first["suffixes"] = [".docx"]
        elif change == "runs":
            first["suffixes"] = [".exe"]
        elif change == "running":
            values["runs"]["contents"] = ["elephant"]
        else:
            del values["contents"]["pdf"]
        return values

    for change in ("unknown", "content", "twice", "runs", "running", "words"):
        with pytest.raises(CatalogueError, match=r"attachments\.toml"):
            parse_attachment_kinds(broken(change))
