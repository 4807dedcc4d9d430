"""Writes the register's schema, as it is made today, for reading and comparing.

python -m tools.schema [FILE]       without a file: to standard output
"""

from __future__ import annotations

import sys
from pathlib import Path

from coi_desktop.store.schema import SCHEMA_VERSION, statements


def schema_text() -> str:
    """Every statement that makes an empty register, in its order."""
    return f"-- schema version {SCHEMA_VERSION}\n\n" + "".join(
        f"{statement};\n\n" for statement in statements()
    )


def main() -> int:
    """The command line described at the top of this file."""
    if len(sys.argv) > 1:
        Path(sys.argv[1]).write_text(schema_text(), encoding="utf-8")
    else:
        print(schema_text(), end="")
    return 0


if __name__ == "__main__":
    sys.exit(main())
