"""What is remembered of the copies in the second place, outside this computer."""

from __future__ import annotations

import json
from datetime import datetime, timedelta
from typing import Any, NamedTuple

#: A copy outside this computer that is older is worth a word.
OLD_AFTER = timedelta(days=7)


class LastCopy(NamedTuple):
    """The newest copy in the second place: the ``folder`` chosen by the user, the commit it holds, when it
    was written and when it was last seen there while it was still what the register holds.
    """

    folder: str
    stamp: str
    written: datetime
    seen: datetime

    def is_old(self, moment: datetime) -> bool:
        """Whether it is more than seven days since the copy held what the register holds."""
        return moment - self.seen > OLD_AFTER


def format_last_copy(copy: LastCopy) -> str:
    """As the text of a small file."""
    plain = {**copy._asdict(), "written": copy.written.isoformat(), "seen": copy.seen.isoformat()}
    return json.dumps(plain, ensure_ascii=False, indent=1) + "\n"


def parse_last_copy(text: str) -> LastCopy | None:
    """What the text says; None when it says nothing of the kind."""
    try:
        plain: Any = json.loads(text)
        written, seen = (datetime.fromisoformat(plain[name]) for name in ("written", "seen"))
        if written.tzinfo is None or seen.tzinfo is None:
            return None
        return LastCopy(str(plain["folder"]), str(plain["stamp"]), written, seen)
    except (ValueError, TypeError, KeyError, RecursionError):
        return None
