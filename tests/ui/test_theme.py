"""Themes: strict data, measured contrast, worn at once."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from PySide6.QtGui import QColor, QPalette
from PySide6.QtWidgets import QApplication

from coi_desktop import resources
from coi_desktop.ui.icons import make_icon, make_pixmap
from coi_desktop.ui.theme import COLOURS, THEMES, Looks, load_theme, make_palette, make_style_sheet

#: text on its ground, at least 4.5:1
TEXTS = [
    *((text, ground) for text in ("text", "muted") for ground in ("window", "surface", "raised", "hover")),
    ("accent_text", "accent"),
    ("selected_text", "selected"),
    ("hit_text", "hit"),
    *((tone, ground) for tone in ("wrong", "warning", "good", "quiet") for ground in ("window", "surface")),
    *(("text", f"{tone}_surface") for tone in ("wrong", "warning", "good")),
    ("accent", "window"),
    ("accent", "surface"),
]
#: edges and shapes on their ground, at least 3:1
SHAPES = [
    *(
        (edge, ground)
        for edge in ("outline", "focus", "accent")
        for ground in ("window", "surface", "raised")
    ),
    *((tone, ground) for tone in ("wrong", "warning", "good", "quiet") for ground in ("surface", "raised")),
    *((tone, f"{tone}_surface") for tone in ("wrong", "warning", "good")),
    ("good", "selected"),
    ("quiet", "selected"),
    ("accent", "selected"),
]


def luminance(colour: QColor) -> float:
    """Relative luminance as WCAG 2.2 defines it."""

    def linear(part: float) -> float:
        return part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4

    return 0.2126 * linear(colour.redF()) + 0.7152 * linear(colour.greenF()) + 0.0722 * linear(colour.blueF())


def contrast(one: QColor, other: QColor) -> float:
    """The contrast ratio as WCAG 2.2 defines it."""
    lighter, darker = sorted((luminance(one), luminance(other)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def test_contrast_is_measured_as_wcag_does() -> None:
    assert contrast(QColor("#000000"), QColor("#ffffff")) == pytest.approx(21)
    assert contrast(QColor("#767676"), QColor("#ffffff")) == pytest.approx(4.54, abs=0.01)


@pytest.mark.parametrize("name", THEMES)
@pytest.mark.parametrize(("text", "ground"), TEXTS)
def test_text_can_be_read(name: str, text: str, ground: str) -> None:
    theme = load_theme(name)
    assert contrast(theme.colour(text), theme.colour(ground)) >= 4.5


@pytest.mark.parametrize("name", THEMES)
@pytest.mark.parametrize(("edge", "ground"), SHAPES)
def test_shapes_and_edges_can_be_seen(name: str, edge: str, ground: str) -> None:
    theme = load_theme(name)
    assert contrast(theme.colour(edge), theme.colour(ground)) >= 3


@pytest.mark.parametrize("name", THEMES)
def test_every_theme_names_all_colours_and_fills_the_sheet(name: str) -> None:
    theme = load_theme(name)
    assert set(theme.colours) == set(COLOURS)
    sheet = make_style_sheet(theme)
    assert "@" not in sheet
    assert theme.colours["focus"] in sheet
    assert make_palette(theme).color(QPalette.ColorRole.Window) == theme.colour("window")


def test_no_colour_stands_in_a_sheet_or_in_the_source() -> None:
    for file in resources.find_files("themes", ".qss"):
        text = re.sub(r"/\*.*?\*/", "", resources.read_text(file), flags=re.DOTALL)
        rules = re.findall(r"\{([^}]*)\}", text)
        assert not [rule for rule in rules if re.search(r"#[0-9a-fA-F]{3,8}\b|\brgba?\(", rule)], file
    for source in (Path(resources.__file__).parent / "ui").rglob("*.py"):
        text = source.read_text(encoding="utf-8")
        found = re.findall(r"QColor\(\s*[\"'\d]|[\"']#[0-9a-fA-F]{6}[\"']|GlobalColor\.(?!transparent)", text)
        assert found == [], source


def test_a_theme_chosen_by_the_user_is_worn_at_once_and_told(qapp: QApplication, looks: Looks) -> None:
    told: list[str] = []
    looks.changed.connect(lambda: told.append(looks.theme.name))
    looks.choose("dark")
    assert told == ["dark"]
    assert qapp.palette().color(QPalette.ColorRole.Window) == load_theme("dark").colour("window")
    looks.choose("dark")
    assert told == ["dark"]
    looks.choose("")
    assert looks.theme.name in THEMES


@pytest.mark.parametrize("file", resources.find_files("icons", ".svg"))
def test_every_icon_is_ours_to_colour_and_draws_something(qapp: QApplication, file: str) -> None:
    text = resources.read_text(file)
    assert "currentColor" in text
    assert not re.search(r"#[0-9a-fA-F]{3,6}|<script|href|<image|<text", text)
    name = file.removeprefix("icons/").removesuffix(".svg")
    image = make_pixmap(name, "#ff0000", 20).toImage()
    painted = [(x, y) for x in range(20) for y in range(20) if image.pixelColor(x, y).alpha() > 100]
    assert len(painted) > 8
    assert all(image.pixelColor(x, y).red() > 200 for x, y in painted)
    assert not make_icon(name, "#ff0000").isNull()
