"""The pages of help and the news of each version, from the packaged files, in both languages."""

from __future__ import annotations

from functools import cache
from importlib import metadata
from typing import NamedTuple

from coi_desktop import resources
from coi_desktop.i18n import current_language
from coi_desktop.models.help_pages import Block, BlockKind, HelpPage, parse_page

#: The page of what is new, put together from the files of the versions.
NEWS = "news"


class Chapter(NamedTuple):
    """A chapter of the help: its title and the names of its pages."""

    title: str
    pages: tuple[str, ...]


def read_chapters(language: str = "") -> list[Chapter]:
    """The chapters in reading order, as ``help/contents.toml`` has them."""
    language = language or current_language()
    table = resources.read_toml("help/contents.toml")
    return [Chapter(one[language], tuple(one["pages"])) for one in table["chapter"]]


def read_page(name: str, language: str = "") -> HelpPage:
    """One page. ValueError names the place of a mistake in it."""
    language = language or current_language()
    if name == NEWS:
        return _read_news(language)
    return parse_page(name, resources.read_text(f"help/{language}/{name}.md"))


def find_versions(language: str = "") -> list[str]:
    """The versions that have news, newest first."""
    folder = f"help/{language or current_language()}/{NEWS}"
    names = [file.rpartition("/")[2].removesuffix(".md") for file in resources.find_files(folder, ".md")]
    return sorted(names, key=_order, reverse=True)


def _order(version: str) -> list[int]:
    return [int(part) if part.isdigit() else 0 for part in version.split(".")]


def _read_news(language: str) -> HelpPage:
    """The news of all versions: the title of the newest, each version under its number."""
    title = ""
    blocks: list[Block] = []
    for version in find_versions(language):
        page = parse_page(version, resources.read_text(f"help/{language}/{NEWS}/{version}.md"))
        title = title or page.title
        blocks += [Block(BlockKind.HEADING, version), *page.blocks]
    return HelpPage(NEWS, title, tuple(blocks))


@cache
def this_version() -> str:
    """The version of this program, "1.2.0"."""
    return metadata.version("coi-desktop")


def has_news_since(seen: str) -> bool:
    """Whether this version has news, and another version was used before. Not at the very first start."""
    version = this_version()
    return seen not in ("", version) and version in find_versions()
