"""The program's log: a small rotating file without anything from the register in it."""

from __future__ import annotations

import logging
import traceback
from pathlib import Path
from types import TracebackType

_BYTES = 500_000
_FILES = 3
_FRAMES = 40


class WithoutContent(logging.Formatter):
    """Says where a fault happened and of what kind it is, never what it says: that may quote a record."""

    def formatException(  # noqa: N802 - the name is logging's
        self, ei: tuple[type[BaseException], BaseException, TracebackType | None] | tuple[None, None, None]
    ) -> str:
        """Files, lines and functions of the fault and of those that led to it."""
        lines: list[str] = []
        error = ei[1]
        while error is not None:
            frames = traceback.extract_tb(error.__traceback__, limit=-_FRAMES)
            lines += [f"  {frame.filename}:{frame.lineno} in {frame.name}" for frame in frames]
            lines.append(f"{type(error).__module__}.{type(error).__qualname__}")
            error = error.__cause__ or (None if error.__suppress_context__ else error.__context__)
        return "\n".join(lines)


class LateFile(logging.Handler):
    """Opens the rotating file when there is something to write; most starts have nothing."""

    def __init__(self, path: Path) -> None:
        super().__init__()
        self._path = path
        self._file: logging.Handler | None = None

    def emit(self, record: logging.LogRecord) -> None:
        """Write one record; where the file cannot be written the log is lost and nothing else."""
        if self._file is None:
            self._file = self._open()
        self._file.emit(record)

    def close(self) -> None:
        """Close the file."""
        if self._file is not None:
            self._file.close()
        super().close()

    def _open(self) -> logging.Handler:
        import logging.handlers

        try:
            self._path.parent.mkdir(parents=True, exist_ok=True)
            file: logging.Handler = logging.handlers.RotatingFileHandler(
                self._path, maxBytes=_BYTES, backupCount=_FILES, encoding="utf-8"
            )
        except OSError:
            return logging.NullHandler()
        file.setFormatter(WithoutContent("%(asctime)s %(levelname)s %(name)s %(message)s"))
        return file


def start_log(folder: Path) -> Path:
    """Log warnings and worse to a file in ``folder``; returns its path."""
    path = folder / "coi-desktop.log"
    logging.getLogger("coi_desktop").addHandler(LateFile(path))
    return path
