"""The colours of charts as they are painted elsewhere too."""

from __future__ import annotations


def find_colour(name: str, *, dark: bool = False) -> str:
    """A colour of the palette as "#rrggbb" on a light or dark ground; one written so already as it is."""
    from coi_desktop.exchange.workbook_styles import load_palette

    return load_palette().colour(name, "dark" if dark else "light")


def least_contrast(colour: str) -> float:
    """The contrast of a colour ("#rrggbb") to the ground of charts where it is seen worst, 1–21."""
    from coi_desktop.exchange.workbook_styles import load_palette
    from coi_desktop.models.palette import THEMES, contrast

    palette = load_palette()
    return min(contrast(colour, palette.colour("ground", theme)) for theme in THEMES)
