"""What is done with the view in front: save, rename, move, remove; each one undo step."""

from __future__ import annotations

from coi_desktop.errors import Problem
from coi_desktop.i18n import _
from coi_desktop.models.views import ALL, Showing
from coi_desktop.operations.views import move_view, remove_view, rename_view, save_view
from coi_desktop.ui.desk import Desk
from coi_desktop.ui.dialogs.naming import NamingDialog
from coi_desktop.ui.pages.chosen_initiatives import ChosenInitiatives
from coi_desktop.ui.plain import isolated
from coi_desktop.ui.undoing import undo_step

_KEY = "view"


class ViewsCommands:
    """Acts on the view the chosen initiatives are taken from."""

    def __init__(self, desk: Desk, chosen: ChosenInitiatives) -> None:
        self._desk = desk
        self._chosen = chosen

    def save(self) -> None:
        """Save what is shown in the view it was taken from; a delivered one asks for a name."""
        if self._chosen.base.is_delivered:
            self.save_as()
            return
        self._try(self._chosen.showing)

    def save_as(self) -> None:
        """Ask for a name and save what is shown under it."""
        dialog = NamingDialog(_("Save view"), "", lambda name: self._save_new(name))
        self._desk.prompts.ask_dialog(dialog)

    def rename(self) -> None:
        """Ask for another name."""
        view = self._chosen.base
        rename = lambda name: rename_view(self._desk.register, view.id, name)  # noqa: E731
        self._desk.prompts.ask_dialog(NamingDialog(_("Rename view"), view.name, rename))

    def remove(self) -> None:
        """Remove the view; no initiative is touched, and undo brings it back."""
        view = self._chosen.base
        everything = next(one for one in self._chosen.views() if one.id == ALL)
        self._chosen.choose_view(everything)
        remove_view(self._desk.register, view.id)
        self._desk.notices.show_done(
            _("The view “{name}” was removed; its initiatives are where they were.").format(
                name=isolated(view.name)
            ),
            [undo_step(self._desk)],
        )

    def place(self) -> int:
        """Where the view stands among the saved ones, the first being 0."""
        own = [view.id for view in self._own()]
        return own.index(self._chosen.base.id) if self._chosen.base.id in own else -1

    def is_last(self) -> bool:
        """Whether it is the last of the saved ones."""
        return self.place() == len(self._own()) - 1

    def move(self, by: int) -> None:
        """Move it to the left or to the right among the saved ones."""
        self.move_to(self._chosen.base, self.place() + by)

    def move_to(self, view: Showing, place: int) -> bool:
        """Put a view at a place among the saved ones, the first being 0; False when it stands there."""
        return move_view(self._desk.register, view.id, place)

    def _own(self) -> list[Showing]:
        return [view for view in self._chosen.views() if not view.is_delivered]

    def _save_new(self, name: str) -> None:
        showing = self._chosen.showing._replace(id="", name=name, is_delivered=False)
        self._chosen.now_saved_as(save_view(self._desk.register, showing))

    def _try(self, showing: Showing) -> None:
        try:
            self._chosen.now_saved_as(save_view(self._desk.register, showing))
        except Problem as problem:
            self._desk.notices.show_problem(problem, key=_KEY)
