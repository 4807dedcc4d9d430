"""The pages themselves: there in both languages, alike in build, easy to read, and true to the program."""

from __future__ import annotations

import re

import pytest

from coi_desktop import resources
from coi_desktop.i18n import _, speaking
from coi_desktop.models.help_pages import BlockKind, HelpPage, readability
from coi_desktop.operations.help import NEWS, find_versions, has_news_since, read_chapters, read_page
from coi_desktop.ui.action_table import ACTIONS
from coi_desktop.ui.menus import MENUS
from coi_desktop.ui.shortcut_list import SHORTCUTS, keys_elsewhere

NAMES = [name for chapter in read_chapters("da") for name in chapter.pages if name != SHORTCUTS]

#: No more than an easy text (Björnsson).
MOST = 40
ENGLISH = frozenset(("the", "and", "with", "your", "you", "file", "press", "choose", "save", "this", "when"))


def running_text(page: HelpPage) -> str:
    """What is read in sentences; a point without a full stop is one."""
    blocks = [block.text for block in page.blocks if block.kind is not BlockKind.HEADING]
    return " ".join(text if text.endswith((".", "?", "!")) else f"{text}." for text in blocks)


@pytest.mark.parametrize("name", NAMES)
def test_a_page_is_built_alike_in_both_languages(name: str) -> None:
    danish, english = read_page(name, "da"), read_page(name, "en")
    assert [block.kind for block in danish.blocks] == [block.kind for block in english.blocks]
    assert len(danish.headings()) == len(english.headings())
    assert danish.further == english.further
    assert danish.title != english.title


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("language", ["da", "en"])
def test_a_page_is_easy_to_read(name: str, language: str) -> None:
    page = read_page(name, language)
    assert readability(running_text(page)) <= MOST
    assert len(page.text()) < 3000, "one screen or two"


@pytest.mark.parametrize("name", NAMES)
def test_danish_is_danish(name: str) -> None:
    found = {word.strip('.,:;?!"').lower() for word in read_page(name, "da").text().split()}
    assert found & ENGLISH == set()


def test_every_page_leads_only_to_pages_there_are_and_every_file_is_a_page() -> None:
    known = {*NAMES, SHORTCUTS}
    for language in ("da", "en"):
        for name in NAMES:
            assert set(read_page(name, language).further) <= known
        files = resources.find_files(f"help/{language}", ".md")
        names = {file.rpartition("/")[2].removesuffix(".md") for file in files if f"/{NEWS}/" not in file}
        assert names == set(NAMES) - {NEWS}
    assert read_chapters("en")[0].pages == read_chapters("da")[0].pages


def test_keys_that_a_page_names_are_those_of_the_program() -> None:
    """A page that says "press Ctrl+Shift+N" must not outlive the shortcut."""
    real = {key for spec in ACTIONS for key in spec.keys} | {key for key, _what in keys_elsewhere()}
    real |= {"Ctrl+V", "Ctrl+komma", "Ctrl+comma", "Ctrl+Shift+Delete", "Ctrl+Enter", "Alt+5"}
    for language in ("da", "en"):
        for name in NAMES:
            for word in read_page(name, language).text().split():
                key = word.strip(".,:;()").replace("Skift", "Shift")  # as Qt calls it in Danish
                if key.startswith(("Ctrl+", "Alt+")):
                    assert key in real, (language, name)
    assert "Ctrl+Shift+Del" in real, "written out as Delete"


@pytest.mark.parametrize("language", ["da", "en"])
def test_commands_that_a_page_names_stand_in_that_menu(language: str) -> None:
    """A page that says "File, Import list" must not outlive the command's name or its menu."""
    with speaking(language):
        menus = {_(label).replace("&", ""): name for name, label in MENUS}
        labels = {(spec.menu, _(spec.label).replace("&", "").rstrip("…").strip()) for spec in ACTIONS}
    named = re.compile(rf"\b({'|'.join(menus)}), ([A-ZÆØÅ][^.,]*)")
    found = 0
    for name in NAMES:
        for menu, text in named.findall(read_page(name, language).text()):
            found += 1
            assert any(menus[menu] == of_menu and text.startswith(label) for of_menu, label in labels), (
                name,
                menu,
                text,
            )
    assert found > 8


def test_news_are_there_for_this_version_in_both_languages_newest_first() -> None:
    assert find_versions("da") == find_versions("en")
    assert read_page(NEWS, "da").blocks[0].kind is BlockKind.HEADING


def test_news_are_told_after_an_update_only() -> None:
    version = find_versions()[0]
    assert has_news_since("0.0.1")
    assert not has_news_since("")
    assert not has_news_since(version)


def test_the_help_speaks_the_language_spoken_now() -> None:
    with speaking("en"):
        assert read_page("trash").title == "Trash"
    assert read_page("trash").title == "Papirkurv"
