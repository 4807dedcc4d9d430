"""Texts for people that stand outside gettext's marks: found in the syntax trees of the source.

    python tools/untranslated.py        list them; exit status 1 if there are any

Looked at are the sentences of a Problem, click's help and echo, and what Qt's labels, buttons, menus,
tooltips and accessible names are given. A text is any literal with a word of two letters in it, also as a
part of an f-string, a sum, a choice or a join; what stands inside `_()`, `N_()` or `ngettext()` is marked.
"""

from __future__ import annotations

import ast
import re
import sys
from collections.abc import Iterator
from pathlib import Path

PACKAGE = Path(__file__).resolve().parent.parent / "coi_desktop"
MARKS = frozenset({"_", "N_", "ngettext"})
NAMES = frozenset({"COI Desktop", "CSV", "Excel", "JSON", "PDF", "PNG", "SVG"})  # the same in every language
WORD = re.compile(r"[^\W\d_]{2,}")
PLACE = re.compile(r"\{\w*[^{}]*\}|%\(\w+\)\w")  # where a value goes

# call -> which positional arguments people read (None: all)
POSITIONAL: dict[str, tuple[int, ...] | None] = {
    "Problem": None,
    "echo": (0,),
    "secho": (0,),
    "confirm": (0,),
    "UsageError": (0,),
    "BadParameter": (0,),
    "Progress": (2,),
    "Op": (1,),
    "ActionSpec": (1,),
    "Choice": (1,),
    "FileKind": (0,),
    "Place": (1,),
    "TabSpec": (1,),
    "ask_choice": (0, 1),
    "ask_open_path": (0,),
    "ask_save_path": (0,),
    "show_done": (0,),
    "QAction": None,
    "QLabel": (0,),
    "QPushButton": None,
    "QToolButton": None,
    "QCheckBox": (0,),
    "QRadioButton": (0,),
    "QGroupBox": (0,),
    "QMenu": (0,),
    "QDockWidget": (0,),
    "addAction": None,
    "addMenu": None,
    "addTab": (1, 2),
    "addRow": (0,),
    "addToolBar": (0,),
    "setText": (0,),
    "setPlainText": (0,),
    "setToolTip": (0,),
    "setStatusTip": (0,),
    "setWhatsThis": (0,),
    "setAccessibleName": (0,),
    "setAccessibleDescription": (0,),
    "setWindowTitle": (0,),
    "setPlaceholderText": (0,),
    "setTitle": (0,),
    "setTabText": (1,),
    "setTabToolTip": (1,),
    "setLabelText": (0,),
    "setInformativeText": (0,),
    "setPrefix": (0,),
    "setSuffix": (0,),
    "setHeaderLabels": (0,),
    "showMessage": (0,),
    "getOpenFileName": (1, 3),
    "getSaveFileName": (1, 3),
    "getExistingDirectory": (1,),
}
NAMED = {
    "Problem": frozenset({"what", "meaning", "advice"}),
    "Progress": frozenset({"message"}),
    "Op": frozenset({"message"}),
}
NAMED_ANYWHERE = frozenset(
    {"help", "short_help", "epilog", "prompt", "text", "title", "toolTip", "placeholderText"}
)
TEXT_METHODS = frozenset({"format", "format_map", "join", "upper", "lower", "strip", "rstrip", "capitalize"})


def name_of(call: ast.Call) -> str:
    """The last part of what is called: `Problem` for `errors.Problem(…)`."""
    if isinstance(call.func, ast.Attribute):
        return call.func.attr
    return call.func.id if isinstance(call.func, ast.Name) else ""


def iter_shown(node: ast.expr) -> Iterator[ast.Constant]:
    """The literals that an expression puts before a reader without a mark."""
    if isinstance(node, ast.Constant):
        if isinstance(node.value, str) and WORD.search(PLACE.sub("", node.value)) and node.value not in NAMES:
            yield node
        return
    parts: list[ast.expr] = []
    if isinstance(node, ast.JoinedStr):
        parts = node.values
    elif isinstance(node, ast.FormattedValue):
        parts = [node.value]
    elif isinstance(node, ast.BinOp):
        parts = [node.left, node.right] if isinstance(node.op, ast.Add) else [node.left]
    elif isinstance(node, ast.IfExp):
        parts = [node.body, node.orelse]
    elif isinstance(node, ast.BoolOp):
        parts = node.values
    elif isinstance(node, (ast.List, ast.Tuple)):
        parts = node.elts
    elif (
        isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr in TEXT_METHODS
    ):
        parts = [node.func.value, *(node.args if node.func.attr == "join" else [])]
    for part in parts:
        yield from iter_shown(part)


def read_arguments(call: ast.Call) -> Iterator[ast.expr]:
    """Those arguments of a call that people read."""
    name = name_of(call)
    wanted = POSITIONAL.get(name, ())
    for number, argument in enumerate(call.args):
        if wanted is None or number in wanted:
            yield argument
    for keyword in call.keywords:
        if keyword.arg in NAMED.get(name, frozenset()) | NAMED_ANYWHERE:
            yield keyword.value


def is_click_command(node: ast.AST) -> bool:
    """Whether a function is a command whose docstring click would show as its help."""
    if not isinstance(node, ast.FunctionDef) or not ast.get_docstring(node):
        return False
    calls = [d for d in node.decorator_list if isinstance(d, ast.Call) and name_of(d) in {"command", "group"}]
    bare = [d for d in node.decorator_list if isinstance(d, ast.Attribute) and d.attr in {"command", "group"}]
    return bool(bare) or any(not any(k.arg == "help" for k in call.keywords) for call in calls)


def find_untranslated(package: Path) -> list[str]:
    """One line for each text that no translator will see: file, line and text."""
    found = []
    for source in sorted(package.rglob("*.py")):
        place = source.relative_to(package.parent).as_posix()
        for node in ast.walk(ast.parse(source.read_text(encoding="utf-8"), str(source))):
            if isinstance(node, ast.Call):
                found += [
                    f"{place}:{text.lineno}: {name_of(node)}({text.value!r})"
                    for argument in read_arguments(node)
                    for text in iter_shown(argument)
                ]
                if name_of(node) in MARKS and node.args and isinstance(node.args[0], ast.JoinedStr):
                    found.append(f"{place}:{node.lineno}: an f-string cannot be looked up")
            elif isinstance(node, ast.FunctionDef) and is_click_command(node):
                found.append(f"{place}:{node.lineno}: help of the command {node.name!r} is its docstring")
    return found


def main() -> int:
    """The command line described at the top of this file."""
    found = find_untranslated(PACKAGE)
    print("\n".join(found) if found else "Every text is marked.")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
