"""The two kinds of errors: a Problem is expected and carries advice; anything else is a bug."""

from __future__ import annotations


class Problem(Exception):  # noqa: N818 - it is not always the program's error
    """An expected fault, said in sentences a user can act on.

    ``what`` says what happened, ``meaning`` what it means for the user's data, ``advice`` what to do now.
    ``code`` is a stable word for callers that react differently to some problems (``"target_locked"``).
    All three sentences are already in the user's language.
    """

    def __init__(self, what: str, *, meaning: str = "", advice: str = "", code: str = "") -> None:
        super().__init__(what)
        self.what = what
        self.meaning = meaning
        self.advice = advice
        self.code = code

    def __str__(self) -> str:
        return " ".join(part for part in (self.what, self.meaning, self.advice) if part)


class Cancelled(Exception):  # noqa: N818 - nothing went wrong
    """Long work was stopped on the user's wish; nothing was changed."""
