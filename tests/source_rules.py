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


@dataclass(frozen=True)
class Source:
    """What the rules ask of one module, read once; its tree, which is large, is not kept."""

    module: str
    path: Path
    lines: int
    imports: tuple[Import, ...]
    classes: tuple[str, ...]
    fetches: tuple[int, ...]
    """Lines that have a layout hand over its items."""


@cache
def _read(module: str, path: Path, _stamp: int) -> Source:
    text = path.read_bytes()
    found = list(_iter_statements(ast.parse(text, str(path)), at_top=True))
    imports = [
        Import(module, node.lineno, target, at_top)
        for node, at_top in found
        if isinstance(node, (ast.Import, ast.ImportFrom))
        for target in _targets(node)
    ]
    classes = tuple(node.name for node, _at_top in found if isinstance(node, ast.ClassDef))
    lines = text.splitlines()
    fetches = tuple(number for number, line in enumerate(lines, 1) if b".itemAt(" in line)
    return Source(module, path, len(lines), tuple(imports), classes, fetches)


def iter_sources(package: Path) -> Iterator[Source]:
    """Every module of the package."""
    for path in sorted(package.rglob("*.py")):
        yield _read(module_name(package, path), path, path.stat().st_mtime_ns)


def _is_type_checking(node: ast.AST) -> bool:
    return isinstance(node, ast.If) and "TYPE_CHECKING" in ast.dump(node.test)


def _iter_statements(node: ast.AST, *, at_top: bool) -> Iterator[tuple[ast.AST, bool]]:
    """Every statement below a node, and whether it is carried out at import; expressions hold none."""
    for child in ast.iter_child_nodes(node):
        if isinstance(child, ast.expr):
            continue
        yield child, at_top
        inside = isinstance(child, (ast.FunctionDef, ast.AsyncFunctionDef)) or _is_type_checking(child)
        yield from _iter_statements(child, at_top=at_top and not inside)


def _targets(node: ast.Import | ast.ImportFrom) -> list[str]:
    names = [alias.name for alias in node.names]
    return names if isinstance(node, ast.Import) else [f"{node.module}.{name}" for name in names]


def find_imports(package: Path) -> list[Import]:
    """Every import of the package. `from a import b` names a.b, whether b is a module or a name in a."""
    return [one for source in iter_sources(package) for one in source.imports]


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
    return [
        f"{source.path.relative_to(package)}: {source.lines} lines"
        for source in iter_sources(package)
        if source.lines > MOST_LINES
    ]


def fetched_layout_items(package: Path) -> list[str]:
    """PySide6 keeps what ``itemAt`` hands over for as long as the layout, though Qt frees it with its widget:
    the program ends in the middle of something else. Layouts are asked where a widget stands (``indexOf``).
    """
    return [
        f"{source.module}:{line} calls itemAt" for source in iter_sources(package) for line in source.fetches
    ]


def banned_names(package: Path) -> list[str]:
    """Modules and classes are named by what they are in the field, not by words that fit anything."""
    offences = []
    for source in iter_sources(package):
        for name in [source.module.rpartition(".")[2], *source.classes]:
            words = {word.lower() for word in re.findall(r"[A-Z]?[a-z]+|[A-Z]+(?![a-z])", name)}
            offences += [f"{source.module}: {name!r} says {word!r}" for word in sorted(words & BANNED_WORDS)]
    return offences


def import_cycles(package: Path) -> list[str]:
    """Groups of modules that need each other, late imports counted; those for types alone as well."""
    names = {source.module for source in iter_sources(package)}
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
        ui_past_operations, full_init_files, long_files, fetched_layout_items,
        banned_names, import_cycles,
    )
}  # fmt: skip
