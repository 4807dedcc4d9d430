"""What every page, tab and dialog works with: made once by ``app.py`` and handed on. No singletons."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple, Protocol
from weakref import WeakSet

from coi_desktop.models.vocabulary import Vocabulary
from coi_desktop.operations.library import words_of
from coi_desktop.settings import Settings
from coi_desktop.store.register import Register
from coi_desktop.ui.bridge import Bridge
from coi_desktop.ui.jobs import Runner
from coi_desktop.ui.notices import Notices
from coi_desktop.ui.prompts import Prompts
from coi_desktop.ui.theme import Looks

if TYPE_CHECKING:
    from coi_desktop.models.prepared_restore import Prepared
    from coi_desktop.operations.opened_copies import OpenedCopies
    from coi_desktop.ui.split import Split


class ShownInitiatives(NamedTuple):
    """What a list shows: the ids in its order, and what says in the language then spoken what they were
    chosen by.
    """

    ids: tuple[str, ...]
    describe: Callable[[], str]


class Routes(Protocol):
    """Ways from one screen to another, so that pages need not know each other. The main window is the real
    one.
    """

    def show_place(self, name: str) -> None:
        """Go to a place ("initiatives", "overview", …); one that is not there is passed over."""

    def show_record(self, place: str, record_id: str, part: str = "") -> None:
        """Go to a place and bring one record there before the user, at one part of it where that is named."""

    def has_place(self, name: str) -> bool:
        """Whether there is such a place just now."""

    def flush(self) -> bool:
        """Write what is typed anywhere; call it before an export or import. False when something could not
        be.
        """

    def act(self, action: str) -> bool:
        """Let the page in front carry out an action; False when it has none of that name."""

    def close(self) -> bool:
        """Close the window, after everything typed was written."""

    def current_initiative(self) -> str:
        """The id of the initiative chosen on the page in front, or an empty string."""

    def shown_initiatives(self) -> ShownInitiatives | None:
        """The initiatives that the page in front shows, where it shows fewer than all; else None."""

    def find_line(self) -> Split | None:
        """The line between list and record on the page in front; None where it has none."""

    def read_again(self) -> None:
        """Read everything that is shown anew."""

    def show_backup(self) -> None:
        """A backup was written: say so in the status bar."""

    def restore_register(self, prepared: Prepared) -> None:
        """Put a prepared backup in the place of this register, and go on with it (this window closes)."""

    def open_register(self, path: Path) -> None:
        """Open another register in place of this one (this window closes)."""


class Form(Protocol):
    """What holds typed text until the register has taken it."""

    def typed(self) -> tuple[str, ...]:
        """The texts that are not in the register, each under the label of its field."""


class Desk:
    """The things at hand: the register and all that stands around it. ``routes`` is set when the window is
    made.
    """

    def __init__(
        self,
        register: Register,
        settings: Settings,
        looks: Looks,
        bridge: Bridge,
        runner: Runner,
        notices: Notices,
        prompts: Prompts,
        routes: Routes,
    ) -> None:
        self.register = register
        self.settings = settings
        self.looks = looks
        self.bridge = bridge
        self.runner = runner
        self.notices = notices
        self.prompts = prompts
        self.routes = routes
        self._copies: OpenedCopies | None = None
        self._forms: WeakSet[Form] = WeakSet()

    def note_form(self, form: Form) -> None:
        """A form was made; what is typed in it belongs to ``typed`` as long as it is there."""
        self._forms.add(form)

    def typed(self) -> str:
        """What is typed in forms and not in the register, each field with its label."""
        return "\n\n".join(text for form in self._forms for text in form.typed())

    @property
    def copies(self) -> OpenedCopies:
        """The read-only copies of attachments that other programs show."""
        if self._copies is None:
            from coi_desktop.operations.opened_copies import OpenedCopies, copies_home

            self._copies = OpenedCopies(copies_home())
        return self._copies

    def put_away_copies(self) -> None:
        """Remove those copies; called when the window closes."""
        if self._copies is not None:
            self._copies.close()
            self._copies = None

    @property
    def words(self) -> Vocabulary:
        """The value lists as the unit has them now."""
        return words_of(self.register)

    @property
    def can_write(self) -> bool:
        """Whether the register is open for writing."""
        return self.register.writable
