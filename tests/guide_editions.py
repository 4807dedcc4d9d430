"""Another edition of the evaluation guide: a copy of the resources, edited as an editor would edit it."""

from __future__ import annotations

import shutil
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from coi_desktop import resources
from coi_desktop.operations import library

GUIDE = "guides/evaluation/guide.toml"
TEXTS = ("guides/evaluation/texts.da.toml", "guides/evaluation/texts.en.toml")

ADDED = """[[step.question]]
id = "neighbours"
kind = "{kind}"
store = "extra"
required = "light"

"""
LABELS = ("Hvor mange naboer?", "How many neighbours?")
BEFORE = '[[step.question]]\nid = "version_label"'


class Edition:
    """The copy in ``folder``; what is edited is read anew by the program."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def text(self, file: str) -> str:
        """What a file of the copy holds now."""
        return (self._folder / file).read_text(encoding="utf-8")

    def edit(self, file: str, *changes: tuple[str, str]) -> None:
        """Replace texts in a file, wherever they stand."""
        text = self.text(file)
        for was, now in changes:
            assert was in text, was
            text = text.replace(was, now)
        (self._folder / file).write_text(text, encoding="utf-8")
        forget_resources()

    def add_question(self, kind: str = "number", more: str = "") -> None:
        """Ask for the neighbours in the first step, on every path, without a field of the register."""
        added = ADDED.format(kind=kind)
        if more:
            added = added.replace("required", f"{more}\nrequired")
        second = '"scope.description_now", "scope.stage"'
        self.edit(
            GUIDE,
            (BEFORE, added + BEFORE),
            (second, second.replace(",", ', "scope.neighbours",')),
        )
        for file, label in zip(TEXTS, LABELS, strict=True):
            before = "[step.scope.question.stage]"
            self.edit(file, (before, f'[step.scope.question.neighbours]\nlabel = "{label}"\n\n{before}'))

    def remove_added(self) -> None:
        """Take that question out again."""
        self.edit(GUIDE, (ADDED.format(kind="number"), ""), (' "scope.neighbours",', ""))
        for file, label in zip(TEXTS, LABELS, strict=True):
            self.edit(file, (f'[step.scope.question.neighbours]\nlabel = "{label}"\n\n', ""))

    def remove_question(self, step: str, name: str) -> None:
        """Take a question that the guide is delivered with out of it."""
        guide = self.text(GUIDE)
        begin = guide.index(f'[[step.question]]\nid = "{name}"')
        self.edit(GUIDE, (guide[begin : guide.index("[[", begin + 5)], ""), (f'"{step}.{name}", ', ""))
        for file in TEXTS:
            text = self.text(file)
            begin = text.index(f"[step.{step}.question.{name}]")
            self.edit(file, (text[begin : text.index("\n[", begin + 5) + 1], ""))


def forget_resources() -> None:
    """Have the program read its resources anew."""
    resources.resource_folder.cache_clear()
    for known in (library.vocabulary, library._whole_guide, library._guide_with, library.method_rules):
        known.cache_clear()


@contextmanager
def edited_resources(folder: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Edition]:
    """The program reads a copy of its resources below ``folder`` as long as this lasts."""
    copy = folder / "installed" / "resources"
    shutil.copytree(resources.resource_folder(), copy)
    with monkeypatch.context() as patch:
        # A built program finds its resources below this folder; the copy stands in for one.
        patch.setattr(sys, "_MEIPASS", str(copy.parent), raising=False)
        forget_resources()
        yield Edition(copy)
    forget_resources()
