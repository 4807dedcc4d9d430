"""Files of answers: TOML or JSON with a table for each step of the guide."""

from __future__ import annotations

import json
import tomllib
from collections.abc import Mapping
from decimal import Decimal
from pathlib import Path
from typing import Any

from coi_desktop.errors import Problem
from coi_desktop.i18n import _
from coi_desktop.operations.answer_entry import read_questions

#: More than any evaluation; what is larger is another file.
LARGEST = 4_000_000


def read_answer_file(path: Path) -> Mapping[str, Any]:
    """The answers in a file by question, numbers as they are written there.

    Raises Problem ``cannot_read`` or ``bad_value``. Nothing is executed, and no other file is read.
    """
    try:
        with path.open("rb") as file:
            content = file.read(LARGEST + 1)
        if len(content) > LARGEST:
            raise ValueError("too large")
        text = content.decode("utf-8-sig")
        if path.suffix.lower() == ".json":
            tree = json.loads(text, parse_float=Decimal)
        else:
            tree = tomllib.loads(text, parse_float=Decimal)
        if not isinstance(tree, Mapping):
            raise ValueError("no table")
    except (OSError, ValueError, RecursionError) as error:
        raise Problem(
            _("{name} could not be read as a file of answers.").format(name=path.name),
            meaning=_("Nothing was changed."),
            advice=_("It is TOML or JSON in UTF-8, with a table for each step: [purpose], [scope]."),
            code="cannot_read",
        ) from error
    return read_questions(tree)
