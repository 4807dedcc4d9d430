"""The child's side of ``limited_child``: reads one request, limits itself, does the task, answers in JSON
lines.

Nothing of the window and nothing of the register is imported here.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping
from typing import Any

from coi_desktop.exchange.child_limits import limit_this_program
from coi_desktop.exchange.table_tasks import iter_sheets, iter_table
from coi_desktop.exchange.text_tasks import iter_text

Task = Callable[[Mapping[str, Any], int], Iterator[dict[str, Any]]]

TASKS: Mapping[str, Task] = {"table": iter_table, "sheets": iter_sheets, "text": iter_text}


def serve() -> int:
    """Answer the one request on standard input; the exit status is 0 also when the file could not be read.

    Standard streams are opened by their numbers: a windowed program has none of Python's.
    """
    with open(0, "rb", closefd=False) as source, open(1, "wb", closefd=False) as target:
        request = json.loads(source.read())
        encode = json.JSONEncoder(separators=(",", ":")).encode
        limit_this_program(request["memory_mb"], request["seconds"])
        try:
            for message in TASKS[request["task"]](request["arguments"], request["cells"]):
                target.write(encode(message).encode("ascii") + b"\n")
            target.write(b'{"end":true}\n')
        except Exception as error:  # noqa: BLE001 - readers raise every kind; the parent words it and goes on
            target.write(json.dumps({"failed": type(error).__name__}).encode("ascii") + b"\n")
    return 0
