"""The figures of the register as every way out of it needs them: with the limits and rates of the resources.

Apart from ``library`` because the first window needs none of it.
"""

from __future__ import annotations

from functools import cache

from coi_desktop import resources
from coi_desktop.models.figures_catalogue import FILES, FiguresCatalogue, parse_figures_catalogue


@cache
def figures_catalogue() -> FiguresCatalogue:
    """Limits, discount rates and national figures that the numbers are computed with."""
    return parse_figures_catalogue({file: resources.read_toml(file) for file in FILES})
