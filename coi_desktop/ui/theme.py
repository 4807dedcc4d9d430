"""The program's look: one table of named colours per theme, strict data in ``resources/themes``."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache
from typing import TYPE_CHECKING, NamedTuple

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtGui import QColor, QPalette
from PySide6.QtWidgets import QApplication

from coi_desktop import resources
from coi_desktop.i18n import current_language

if TYPE_CHECKING:
    from PySide6.QtGui import QIcon

#: The style sheets, in the order in which they are read.
SHEETS = ("window", "walkthrough")

#: Side of the mark that stands before the word of a state.
MARK_SIDE = 12

THEMES = ("light", "dark", "contrast")

#: What every theme must name, and nothing else.
COLOURS = (
    "window", "surface", "raised", "text", "muted", "line", "outline", "accent", "accent_text", "selected",
    "selected_text", "hover", "focus", "hit", "hit_text", "wrong", "wrong_surface", "warning",
    "warning_surface", "good", "good_surface", "quiet",
)  # fmt: skip

_COLOUR = r"#[0-9a-f]{6}"
_NAME_IN_SHEET = r"@(\w+)"


class Theme(NamedTuple):
    """A theme: its name for people by language, whether it is dark, and its colours by name."""

    name: str
    words: Mapping[str, str]
    dark: bool
    colours: Mapping[str, str]

    def label(self) -> str:
        """The theme's name in the language spoken now."""
        return self.words[current_language()]

    def colour(self, name: str) -> QColor:
        """A named colour; KeyError when the theme has none of that name."""
        return QColor(self.colours[name])


@cache
def load_theme(name: str) -> Theme:
    """The theme called ``name``. ValueError names the file and what is wrong in it."""
    file = f"themes/{name}.toml"
    table = resources.read_toml(file)
    colours = table.get("colours", {})
    if set(table) != {"name", "dark", "colours"}:
        raise ValueError(f"resources/{file}: expected name, dark and [colours]")
    if set(colours) != set(COLOURS):
        raise ValueError(
            f"resources/{file}: [colours] misses or has too many: {sorted(set(colours) ^ set(COLOURS))}"
        )
    for key, value in colours.items():
        if not isinstance(value, str) or not re.fullmatch(_COLOUR, value):
            raise ValueError(f"resources/{file}: {key}: expected a colour as #rrggbb in small letters")
    danish, english = table["name"]
    return Theme(name, {"da": danish, "en": english}, bool(table["dark"]), colours)


def make_palette(theme: Theme) -> QPalette:
    """Qt's palette in the colours of ``theme``."""
    palette = QPalette()
    for role, name in _ROLES.items():
        palette.setColor(role, theme.colour(name))
    for role in (QPalette.ColorRole.Text, QPalette.ColorRole.WindowText, QPalette.ColorRole.ButtonText):
        palette.setColor(QPalette.ColorGroup.Disabled, role, theme.colour("muted"))
    palette.setColor(QPalette.ColorGroup.Disabled, QPalette.ColorRole.Base, theme.colour("window"))
    return palette


_ROLES = {
    QPalette.ColorRole.Window: "window",
    QPalette.ColorRole.WindowText: "text",
    QPalette.ColorRole.Base: "surface",
    QPalette.ColorRole.AlternateBase: "raised",
    QPalette.ColorRole.Text: "text",
    QPalette.ColorRole.Button: "surface",
    QPalette.ColorRole.ButtonText: "text",
    QPalette.ColorRole.BrightText: "wrong",
    QPalette.ColorRole.ToolTipBase: "surface",
    QPalette.ColorRole.ToolTipText: "text",
    QPalette.ColorRole.PlaceholderText: "muted",
    QPalette.ColorRole.Highlight: "selected",
    QPalette.ColorRole.HighlightedText: "selected_text",
    QPalette.ColorRole.Accent: "accent",
    QPalette.ColorRole.Link: "accent",
    QPalette.ColorRole.LinkVisited: "accent",
    QPalette.ColorRole.Light: "surface",
    QPalette.ColorRole.Midlight: "hover",
    QPalette.ColorRole.Mid: "line",
    QPalette.ColorRole.Dark: "outline",
    QPalette.ColorRole.Shadow: "outline",
}


def make_style_sheet(theme: Theme) -> str:
    """The style sheet of the window with the theme's colours put in. KeyError names an unknown colour."""
    sheets = "\n".join(resources.read_text(f"themes/{name}.qss") for name in SHEETS)
    return re.sub(_NAME_IN_SHEET, lambda found: theme.colours[found.group(1)], sheets)


class Looks(QObject):
    """The theme in use: follows the system's light, dark or contrast unless the user chose one.

    ``changed`` is emitted after the application wears the new theme; whoever paints or holds icons takes them
    anew.
    """

    changed = Signal()

    def __init__(self, application: QApplication, chosen: str = "") -> None:
        super().__init__()
        self._application = application
        self._chosen = chosen
        self.theme = load_theme(self._wanted())
        hints = application.styleHints()
        hints.colorSchemeChanged.connect(self._follow)
        hints.accessibility().contrastPreferenceChanged.connect(self._follow)
        self._is_dressed = False
        application.setPalette(make_palette(self.theme))

    @property
    def chosen(self) -> str:
        """The theme the user chose, or an empty string for the system's."""
        return self._chosen

    def dress(self) -> None:
        """Put the style sheet on, for the first window just before it is shown: widgets are made faster
        without.
        """
        if not self._is_dressed:
            self._is_dressed = True
            sheet = make_style_sheet(self.theme)
            if self._application.styleSheet() != sheet:  # Qt would polish every widget anew all the same
                self._application.setStyleSheet(sheet)

    def choose(self, name: str) -> None:
        """Wear ``name`` from now on; an empty string follows the system."""
        self._chosen = name
        self._follow()

    def colour(self, name: str) -> QColor:
        """A named colour of the theme in use."""
        return self.theme.colour(name)

    def icon(self, name: str, colour: str = "text") -> QIcon:
        """Our own icon called ``name`` in a colour of the theme in use."""
        from coi_desktop.ui.icons import make_icon  # the first window paints before it has icons

        return make_icon(name, self.theme.colours[colour])

    def _wanted(self) -> str:
        if self._chosen:
            return self._chosen
        hints = self._application.styleHints()
        if hints.accessibility().contrastPreference() == Qt.ContrastPreference.HighContrast:
            return "contrast"
        return "dark" if hints.colorScheme() == Qt.ColorScheme.Dark else "light"

    def _follow(self) -> None:
        wanted = load_theme(self._wanted())
        if wanted != self.theme:
            self.theme = wanted
            self._application.setPalette(make_palette(self.theme))
            self._is_dressed = False
            self.dress()
            self.changed.emit()
