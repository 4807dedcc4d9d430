"""Writes down the register's schema as the record types make it today.

python -m tools.schema [FILE]       without a file: the written schema of this version, which a test compares
"""

from __future__ import annotations

import sys
from pathlib import Path

from coi_desktop.store.schema import APPLICATION_ID, SCHEMA_VERSION, statements

WRITTEN = Path(__file__).resolve().parent.parent / "tests" / "store" / f"schema_v{SCHEMA_VERSION}.sql"


def schema_text() -> str:
    """Every statement that makes an empty register, in its order."""
    pragmas = (f"PRAGMA application_id = {APPLICATION_ID}", f"PRAGMA user_version = {SCHEMA_VERSION}")
    return "".join(f"{statement};\n\n" for statement in (*pragmas, *statements())).rstrip("\n") + "\n"


def main() -> int:
    """The command line described at the top of this file."""
    target = Path(sys.argv[1]) if len(sys.argv) > 1 else WRITTEN
    target.write_text(schema_text(), encoding="utf-8")
    print(f"wrote {target}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
