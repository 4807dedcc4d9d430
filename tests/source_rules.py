"""The house rules about the source, read off its syntax trees; test_architecture.py says what each is for.

Every rule is a function from a package's folder to a list of offences, so that it can be tried on a planted
one. Imports inside functions count; those under `if TYPE_CHECKING:` count too but are not "at the top".
"""

from __future__ import annotations

import ast
import re
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

NAME = "coi_desktop"
HEAVY = (
    "matplotlib", "openpyxl", "xlsxwriter", "sqlite_utils", "orjson", "python_calamine", "numpy", "pptx",
    "PIL",
)  # fmt: skip
NETWORK = (
    "socket", "ssl", "http", "urllib.request", "ftplib", "smtplib", "webbrowser", "asyncio", "socketserver",
    "xmlrpc", "PySide6.QtNetwork",
)  # fmt: skip
BANNED_WORDS = frozenset(
    (
        "data", "info", "manager", "helper", "helpers", "util", "utils", "handler", "process", "misc",
        "common", "base", "widget", "view", "controller",
    )
)  # fmt: skip
MOST_LINES = 450


@dataclass(frozen=True)
class Import:
    """One imported name: where it stands, what it names, and whether it is carried out at import."""

    module: str
    line: int
    target: str
    at_top: bool

    def is_of(self, *packages: str) -> bool:
        """Whether the target is one of these modules or lies below one."""
        return any(self.target == package or self.target.startswith(package + ".") for package in packages)

    def __str__(self) -> str:
        return f"{self.module}:{self.line} imports {self.target}"


def module_name(package: Path, source: Path) -> str:
    """The dotted name of a source file; a package's own name for its __init__.py."""
    parts = (NAME, *source.relative_to(package).with_suffix("").parts)
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


@cache
def _tree(source: Path, _stamp: int) -> ast.Module:
    return ast.parse(source.read_text(encoding="utf-8"), str(source))


def iter_trees(package: Path) -> Iterator[tuple[str, Path, ast.Module]]:
    """Name, path and syntax tree of every module."""
    for source in sorted(package.rglob("*.py")):
        yield module_name(package, source), source, _tree(source, source.stat().st_mtime_ns)


def _is_type_checking(node: ast.AST) -> bool:
    return isinstance(node, ast.If) and "TYPE_CHECKING" in ast.dump(node.test)


def _iter_import_nodes(node: ast.AST, at_top: bool) -> Iterator[tuple[ast.Import | ast.ImportFrom, bool]]:
    for child in ast.iter_child_nodes(node):
        if isinstance(child, (ast.Import, ast.ImportFrom)):
            yield child, at_top
        inside = isinstance(child, (ast.FunctionDef, ast.AsyncFunctionDef, ast.Lambda)) or _is_type_checking(
            child
        )
        yield from _iter_import_nodes(child, at_top and not inside)


def find_imports(package: Path) -> list[Import]:
    """Every import of the package. `from a import b` names a.b, whether b is a module or a name in a."""
    found = []
    for module, _source, tree in iter_trees(package):
        for node, at_top in _iter_import_nodes(tree, True):
            names = [alias.name for alias in node.names]
            targets = names if isinstance(node, ast.Import) else [f"{node.module}.{name}" for name in names]
            found += [Import(module, node.lineno, target, at_top) for target in targets]
    return found


def _is_below(module: str, *packages: str) -> bool:
    return any(module == f"{NAME}.{p}" or module.startswith(f"{NAME}.{p}.") for p in packages)


# --------------------------------------------------------------------------------------------------- rules


def qt_outside_ui(package: Path) -> list[str]:
    return [
        str(i)
        for i in find_imports(package)
        if i.is_of("PySide6", "shiboken6") and not _is_below(i.module, "ui")
    ]


def sql_outside_store(package: Path) -> list[str]:
    return [
        str(i)
        for i in find_imports(package)
        if i.is_of("sqlite3", "sqlite_utils") and not _is_below(i.module, "store")
    ]


def never_imported(package: Path) -> list[str]:
    """pyplot keeps figures in a global list; QtSql is a second SQLite; the network is not for us."""
    return [
        str(i)
        for i in find_imports(package)
        if i.is_of("matplotlib.pyplot", "matplotlib.pylab", "pylab", "PySide6.QtSql", *NETWORK)
    ]


def heavy_at_the_top(package: Path) -> list[str]:
    return [str(i) for i in find_imports(package) if i.at_top and i.is_of(*HEAVY)]


def impure_models(package: Path) -> list[str]:
    """models know the standard library, each other, errors and the marks of i18n."""
    ours = tuple(f"{NAME}.{part}" for part in ("models", "errors", "i18n"))
    return [
        str(i)
        for i in find_imports(package)
        if _is_below(i.module, "models")
        and not i.is_of(*ours)
        and i.target.split(".")[0] not in sys.stdlib_module_names
    ]


def strangers_in_base(package: Path) -> list[str]:
    """The modules beside the packages need nothing installed, but for platformdirs in paths."""
    base = ("errors", "i18n", "paths", "resources", "settings", "logs")
    return [
        str(i)
        for i in find_imports(package)
        if _is_below(i.module, *base)
        and i.target.split(".")[0] not in {*sys.stdlib_module_names, NAME}
        and not (i.is_of("platformdirs") and _is_below(i.module, "paths"))
    ]


def ui_past_operations(package: Path) -> list[str]:
    """ui and cli reach files and formats through operations; of the store they know the Register, to read."""
    return [
        str(i)
        for i in find_imports(package)
        if _is_below(i.module, "ui", "cli")
        and (
            i.is_of(f"{NAME}.exchange")
            or (i.is_of(f"{NAME}.store") and not i.is_of(f"{NAME}.store.register"))
        )
    ]


def full_init_files(package: Path) -> list[str]:
    return [
        str(p.relative_to(package)) for p in sorted(package.rglob("__init__.py")) if p.read_bytes().strip()
    ]


def long_files(package: Path) -> list[str]:
    counts = {source: len(source.read_bytes().splitlines()) for _, source, _ in iter_trees(package)}
    return [f"{source.relative_to(package)}: {n} lines" for source, n in counts.items() if n > MOST_LINES]


def banned_names(package: Path) -> list[str]:
    """Modules and classes are named by what they are in the field, not by words that fit anything."""
    offences = []
    for module, _source, tree in iter_trees(package):
        classes = [node.name for node in ast.walk(tree) if isinstance(node, ast.ClassDef)]
        for name in [module.rpartition(".")[2], *classes]:
            words = {word.lower() for word in re.findall(r"[A-Z]?[a-z]+|[A-Z]+(?![a-z])", name)}
            offences += [f"{module}: {name!r} says {word!r}" for word in sorted(words & BANNED_WORDS)]
    return offences


def import_cycles(package: Path) -> list[str]:
    """Groups of modules that need each other, late imports counted; those for types alone as well."""
    names = {module for module, _, _ in iter_trees(package)}
    edges: dict[str, set[str]] = {name: set() for name in names}
    for i in find_imports(package):
        target = i.target if i.target in names else i.target.rpartition(".")[0]
        if target in names and target != i.module:
            edges[i.module].add(target)
    return [" <-> ".join(sorted(group)) for group in _strong_groups(edges)]


def _strong_groups(edges: dict[str, set[str]]) -> list[set[str]]:
    """Tarjan's strongly connected components of more than one member."""
    number: dict[str, int] = {}
    lowest: dict[str, int] = {}
    stack: list[str] = []
    groups: list[set[str]] = []

    def visit(node: str) -> None:
        number[node] = lowest[node] = len(number)
        stack.append(node)
        for neighbour in sorted(edges[node]):
            if neighbour not in number:
                visit(neighbour)
                lowest[node] = min(lowest[node], lowest[neighbour])
            elif neighbour in stack:
                lowest[node] = min(lowest[node], number[neighbour])
        if lowest[node] == number[node]:
            at = stack.index(node)
            group = set(stack[at:])
            del stack[at:]
            if len(group) > 1:
                groups.append(group)

    for node in sorted(edges):
        if node not in number:
            visit(node)
    return groups


RULES: dict[str, Callable[[Path], list[str]]] = {
    rule.__name__: rule
    for rule in (
        qt_outside_ui, sql_outside_store, never_imported, heavy_at_the_top, impure_models, strangers_in_base,
        ui_past_operations, full_init_files, long_files, banned_names, import_cycles,
    )
}  # fmt: skip
