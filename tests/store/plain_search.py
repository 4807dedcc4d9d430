"""Search as anybody would write it who has time: what the quick one is compared with."""

from __future__ import annotations

from collections.abc import Sequence

from coi_desktop.models.fields import Search
from coi_desktop.models.folding import fold, words
from coi_desktop.models.record_types.table import record_type
from coi_desktop.models.records import Record


def searched_plainly(record: Record, typed: str, below: Sequence[str] = ()) -> bool:
    """Whether an initiative has every word: in a short text anywhere, in a long one at a word's beginning.

    ``below`` are the short texts that hang under it (tags, partners); its own fields are long ones.
    """
    searched = record_type("initiative").searched
    short = [str(record[one.name]) for one in searched if one.search is Search.PARTS and record[one.name]]
    long = [str(record[one.name]) for one in searched if one.search is Search.WORDS and record[one.name]]
    long += [str(value) for name, value in record.values.items() if name.startswith("own_") and value]
    parts = fold(" \n".join((*short, *below)))
    begun = [word for text in long for word in words(text)]
    return all(word in parts or any(one.startswith(word) for one in begun) for word in words(typed))
