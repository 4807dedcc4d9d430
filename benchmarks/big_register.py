"""A big register, made once and kept: 100,000 initiatives of some 3 KB, two thirds of them with a tag,
half of them with two own values, and ten measurements for each.

The same records every time. It is made with the register's own transactions, so that history, full text and
checksums are those of a register that grew by imports.
"""

# ruff: noqa: S311 - chance makes the records here, the same ones every time

from __future__ import annotations

import random
import shutil
from collections.abc import Iterator
from datetime import date, timedelta
from decimal import Decimal
from itertools import islice
from pathlib import Path
from uuid import UUID

from benchmarks.register import OP, OUT, PLACES, WEIGHTS, WORDS
from coi_desktop.models.records import Value
from coi_desktop.store.register import Register
from coi_desktop.store.schema import SCHEMA_VERSION, statements

KEPT = OUT / "bench"
EVALUATED = 50  # one initiative in so many has an evaluation, with 500 measurements
MEASURED = 10 * EVALUATED
_AT_ONCE = 5_000
_PIECES = 4_000
_PHASES = ("idea", "development", "test", "evaluation", "implementation", "operation", "spreading")
_STATUSES = ("active", "active", "active", "on_hold", "done", "stopped")
_FIELDS = ("care", "school", "technical", "health", "culture", "climate")
_FIRST_DAY = date(2024, 1, 1)


def big_register(initiatives: int) -> Path:
    """A register with so many initiatives, made when it is not there yet; it is only to be read.

    It is kept until the schema changes, or what is put into it.
    """
    from zlib import crc32

    KEPT.mkdir(parents=True, exist_ok=True)
    own_text = Path(__file__).read_text(encoding="utf-8")
    mark = crc32("".join((*statements(), own_text, *WORDS, *PLACES)).encode())
    kept = KEPT / f"{initiatives}-{SCHEMA_VERSION}-{mark:08x}.coi"
    if not kept.exists():
        for old in KEPT.glob(f"{initiatives}-*"):
            old.unlink()
        half = kept.with_suffix(".half")
        half.unlink(missing_ok=True)
        _make(half, initiatives)
        half.rename(kept)
    return kept


def copy_of_big_register(initiatives: int, folder: Path) -> Path:
    """A copy of it that may be changed."""
    return Path(shutil.copyfile(big_register(initiatives), folder / f"big-{initiatives}.coi"))


def _make(path: Path, initiatives: int) -> None:
    chance = random.Random(853)
    pieces = [" ".join(chance.choices(WORDS, WEIGHTS, k=12)) for _piece in range(_PIECES)]
    with Register.create(path, unit_name="Storby") as register:
        every = range(initiatives)
        _put(register, "initiative", ((_id(1, n), _initiative(chance, pieces, n)) for n in every))
        _put(
            register,
            "tag",
            (
                (_id(5, n), {"initiative_id": _id(1, n), "name": WORDS[chance.randrange(200)]})
                for n in every
                if n % 3
            ),
        )
        _put(register, "own_field", iter(OWN_FIELDS.items()))
        _put(
            register,
            "own_value",
            (
                (_id(7, 2 * n + part), {"initiative_id": _id(1, n), "own_field_id": key, "value": value})
                for n in every
                if n % 2
                for part, (key, value) in enumerate(zip(OWN_FIELDS, _own_values(chance), strict=True))
            ),
        )
        owners = range(0, initiatives, EVALUATED)
        _put(
            register,
            "evaluation",
            ((_id(2, n), {"initiative_id": _id(1, n), "title": f"Evaluering {n}"}) for n in owners),
        )
        _put(
            register,
            "indicator",
            (
                (_id(3, n), {"evaluation_id": _id(2, n), "name": pieces[n % _PIECES][:60], "unit": "min"})
                for n in owners
            ),
        )
        _put(register, "measurement", _measurements(chance, owners))
        while register.tidy():
            pass


def _put(register: Register, type_name: str, records: Iterator[tuple[str, dict[str, Value]]]) -> None:
    while some := list(islice(records, _AT_ONCE)):
        register.transact(OP, lambda writer, some=some: writer.put_many(type_name, some))


def _id(kind: int, number: int) -> str:
    return str(UUID(int=(kind << 96) + ((number * 2_654_435_761) % (1 << 32) << 64) + (4 << 76) + number))


OWN_FIELDS: dict[str, dict[str, Value]] = {
    _id(6, 1): {"da": "Makker", "en": "Partner", "kind": "text", "place": 1},
    _id(8, 1): {"da": "Antal borgere", "en": "Citizens", "kind": "number", "place": 2},
}


def _own_values(chance: random.Random) -> tuple[str, str]:
    return f"{WORDS[chance.randrange(300)].capitalize()} {chance.choice(PLACES)}", str(
        chance.randrange(9_000)
    )


def _initiative(chance: random.Random, pieces: list[str], number: int) -> dict[str, Value]:
    """An initiative with two thirds of its fields filled."""
    choice, below = chance.choice, chance.randrange
    day = _FIRST_DAY + timedelta(days=below(1_000))
    return {
        "number": number + 1,
        "title": f"{' '.join(chance.choices(WORDS, WEIGHTS, k=3)).capitalize()} på {choice(PLACES)}",
        "problem": ". ".join(chance.choices(pieces, k=3)),
        "solution": ". ".join(chance.choices(pieces, k=3)),
        "description": ". ".join(chance.choices(pieces, k=8)),
        "target_group": " ".join(chance.choices(WORDS, k=2)),
        "field": choice(_FIELDS),
        "department": f"{WORDS[below(60)].capitalize()}forvaltningen",
        "owner": f"{WORDS[below(300)].capitalize()} {choice(PLACES)}",
        "leader": f"{WORDS[below(300)].capitalize()} {choice(PLACES)}",
        "phase": choice(_PHASES),
        "status": choice(_STATUSES),
        "stage": "pilot" if number % 3 else None,
        "start": day,
        "planned_end": day + timedelta(days=below(300) + 30),
        "budget": Decimal(below(900_000)) if number % 4 else None,
        "strategic_goal": choice(pieces),
        "value_kinds": ("quality", "productivity"),
        "status_text": choice(pieces),
        "next_date": day + timedelta(days=below(60)) if number % 2 else None,
        "journal_number": f"27.00.00-A00-{number}-26",
        "confirmed": day if number % 5 == 0 else None,
    }


def _measurements(chance: random.Random, owners: range) -> Iterator[tuple[str, dict[str, Value]]]:
    below = chance.randrange
    for owner in owners:
        indicator = _id(3, owner)
        for number in range(MEASURED):
            values: dict[str, Value] = {
                "indicator_id": indicator,
                "date": _FIRST_DAY + timedelta(days=number),
                "value": Decimal(below(10_000)) / 10,
            }
            yield _id(4, owner * MEASURED + number), values
