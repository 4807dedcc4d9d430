"""Says quietly, a moment after the last key, that a text looks like personal data. It never blocks."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject, QTimer
from PySide6.QtWidgets import QLineEdit, QWidget

#: How long after the last key a text is looked at, and how much of it: some milliseconds' work.
MILLISECONDS_AFTER_TYPING = 500
LONGEST_LOOKED_AT = 20_000

#: Fields that are meant for a mail address or a telephone number; personal numbers are told of there too.
CONTACT_FIELDS = frozenset(("email", "phone", "contact_public"))


class PrivacyWatch(QObject):
    """Looks at the text that ``read`` gives some time after ``typed``, and lets ``say`` have a remark.

    The remark is empty when there is nothing to say, and is said only when it differs from the one before.
    """

    def __init__(
        self, target: QWidget, read: Callable[[], str], say: Callable[[str], None], field_name: str = ""
    ) -> None:
        super().__init__(target)
        self._read = read
        self._say = say
        self._is_contact = field_name in CONTACT_FIELDS
        self._remark = ""
        self._timer: QTimer | None = None

    def typed(self) -> None:
        """A key was pressed: look when there has been none for a moment."""
        if self._timer is None:
            self._timer = QTimer(self, singleShot=True, interval=MILLISECONDS_AFTER_TYPING)
            self._timer.timeout.connect(self.look)
        self._timer.start()

    def look(self) -> None:
        """Look at the text now."""
        from coi_desktop.models.privacy import find_personal_details, find_personal_numbers, remark_on

        find = find_personal_numbers if self._is_contact else find_personal_details
        self._tell(remark_on(find(self._read()[-LONGEST_LOOKED_AT:])))

    def forget(self) -> None:
        """Another text is shown; nothing is said about it until it is typed in."""
        if self._timer is not None:
            self._timer.stop()
        self._tell("")

    def _tell(self, remark: str) -> None:
        if remark != self._remark:
            self._remark = remark
            self._say(remark)


def watch_line(line: QLineEdit, say: Callable[[str], None], field_name: str = "") -> None:
    """Have a line of text looked at while it is typed in."""
    watch = PrivacyWatch(line, line.text, say, field_name)
    line.textEdited.connect(watch.typed)
    line.textChanged.connect(lambda text: None if text else watch.forget())
