"""Pages of help: our own texts in a small strict form, read into blocks that are shown as plain text.

    # Title                     the first line
    ## Heading
    Text, until an empty line.
    - a point                   1. a step
    > page, other_page          what else there is to read; last

No marks within a line, no pictures, no addresses: nothing is ever fetched or run.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from enum import Enum
from typing import NamedTuple

from coi_desktop.models.folding import words


class BlockKind(Enum):
    """What a block of a page is."""

    HEADING = "heading"
    TEXT = "text"
    POINT = "point"
    STEP = "step"
    KEYS = "keys"


class Block(NamedTuple):
    """A block: its text; for keys their names, and what they do in ``more``."""

    kind: BlockKind
    text: str
    more: str = ""


class HelpPage(NamedTuple):
    """A page by name, with its title, its blocks and the names of pages to go on to."""

    name: str
    title: str
    blocks: tuple[Block, ...]
    further: tuple[str, ...] = ()

    def headings(self) -> tuple[str, ...]:
        """The headings, in order."""
        return tuple(block.text for block in self.blocks if block.kind is BlockKind.HEADING)

    def text(self) -> str:
        """Everything the page says, a line a block."""
        return "\n".join([self.title, *(f"{block.text} {block.more}".strip() for block in self.blocks)])


def parse_page(name: str, text: str) -> HelpPage:
    """Read a page. ValueError names page and line of what is not in the form above."""
    title = ""
    blocks: list[Block] = []
    further: tuple[str, ...] = ()
    is_open = False
    for number, line in enumerate(text.splitlines(), start=1):
        line = line.strip()
        if not line:
            is_open = False
            continue
        if further:
            raise ValueError(f"{name}, line {number}: text behind the last line")
        if number == 1:
            title = _behind(line, "# ", name, number)
        elif line.startswith("> "):
            further = tuple(part.strip() for part in line[2:].split(","))
        elif is_open and not line.startswith(("#", "- ")) and not _is_step(line):
            blocks[-1] = blocks[-1]._replace(text=f"{blocks[-1].text} {line}")
        else:
            blocks.append(_block(line, name, number))
            is_open = blocks[-1].kind is not BlockKind.HEADING
    if not title or not blocks:
        raise ValueError(f"{name}: a page needs a title and text")
    return HelpPage(name, title, tuple(blocks), further)


def _behind(line: str, mark: str, name: str, number: int) -> str:
    if not line.startswith(mark):
        raise ValueError(f"{name}, line {number}: expected {mark!r}")
    return line[len(mark) :].strip()


def _is_step(line: str) -> bool:
    number, dot, _rest = line.partition(". ")
    return bool(dot) and number.isdigit()


def _block(line: str, name: str, number: int) -> Block:
    if line.startswith("#"):
        return Block(BlockKind.HEADING, _behind(line, "## ", name, number))
    if line.startswith("- "):
        return Block(BlockKind.POINT, line[2:].strip())
    if _is_step(line):
        return Block(BlockKind.STEP, line.partition(". ")[2].strip())
    return Block(BlockKind.TEXT, line)


def find_pages(pages: Iterable[HelpPage], search: str) -> list[HelpPage]:
    """The pages in which every word of ``search`` begins a word: those with it in the title first, then in a
    heading, then in the text; all of them when nothing is searched for.
    """
    wanted = words(search)
    ranked = []
    for place, page in enumerate(pages):
        ranks = [_rank(page, word) for word in wanted]
        if all(rank is not None for rank in ranks):
            ranked.append((max((rank for rank in ranks if rank is not None), default=0), place, page))
    return [page for _rank_of, _place, page in sorted(ranked, key=lambda one: one[:2])]


def _rank(page: HelpPage, word: str) -> int | None:
    for rank, text in enumerate((page.title, " ".join(page.headings()), page.text())):
        if f" {word}" in f" {' '.join(words(text))}":
            return rank
    return None


def readability(text: str) -> float:
    """LIX (Björnsson 1968): words a sentence, plus the share of words with more than six letters in percent.

    Under 40 is an easy text, 40 to 50 one of a newspaper.
    """
    found = [word for word in text.split() if any(sign.isalnum() for sign in word)]
    sentences = sum(word.rstrip('”")').endswith((".", "?", "!", ":")) for word in found) or 1
    long = sum(len([sign for sign in word if sign.isalpha()]) > 6 for word in found)
    return len(found) / sentences + 100 * long / max(1, len(found))


def shortcut_page(name: str, title: str, groups: Sequence[tuple[str, Sequence[tuple[str, str]]]]) -> HelpPage:
    """A page of keys: for each heading the keys and what they do."""
    blocks: list[Block] = []
    for heading, keys in groups:
        blocks.append(Block(BlockKind.HEADING, heading))
        blocks += [Block(BlockKind.KEYS, one, what) for one, what in keys]
    return HelpPage(name, title, tuple(blocks))
