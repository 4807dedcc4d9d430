"""The arrows of a theory's picture: from the edge of one box to the edge of another, in curves."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from coi_desktop.models.theory import Arrow, Theory

Point = tuple[float, float]


@dataclass(frozen=True, slots=True)
class Frame:
    """A rectangle."""

    left: float
    top: float
    width: float
    height: float

    @property
    def right(self) -> float:
        """The right edge."""
        return self.left + self.width

    @property
    def bottom(self) -> float:
        """The lower edge."""
        return self.top + self.height

    @property
    def middle(self) -> float:
        """Half way down."""
        return self.top + self.height / 2

    def overlaps(self, other: Frame) -> bool:
        """Whether the two have any area in common."""
        return (
            self.left < other.right
            and other.left < self.right
            and self.top < other.bottom
            and other.top < self.bottom
        )


@dataclass(frozen=True, slots=True)
class Curve:
    """A cubic curve: from ``start`` to ``end``, drawn towards two other points."""

    start: Point
    first: Point
    second: Point
    end: Point

    def at(self, share: float) -> Point:
        """The point so far along the curve, 0–1."""
        rest = 1 - share
        parts = (rest**3, 3 * rest**2 * share, 3 * rest * share**2, share**3)
        points = (self.start, self.first, self.second, self.end)
        return (
            sum(part * point[0] for part, point in zip(parts, points, strict=True)),
            sum(part * point[1] for part, point in zip(parts, points, strict=True)),
        )

    def turned(self) -> Curve:
        """The same curve the other way."""
        return Curve(self.end, self.second, self.first, self.start)


@dataclass(frozen=True, slots=True)
class DrawnArrow:
    """An arrow: its curves from the first box to the last, and those of them that lie between columns.

    ``way`` is 1 where its head points to the right, −1 where it points to the left.
    """

    id: str
    start: str
    end: str
    curves: tuple[Curve, ...]
    bends: tuple[Curve, ...]
    way: int

    @property
    def tip(self) -> Point:
        """Where it ends."""
        return self.curves[-1].end


def draw_arrows(
    theory: Theory, chains: Mapping[str, Sequence[str]], frames: Mapping[str, Frame], gap: float
) -> tuple[DrawnArrow, ...]:
    """All arrows. ``chains`` are the places each goes by from the left, ``frames`` where these stand."""
    ports = _ports(theory, chains, frames)
    return tuple(
        _within_column(arrow, ports, frames, gap)
        if arrow.id not in chains
        else _between_columns(arrow, chains[arrow.id], ports, frames)
        for arrow in theory.arrows
    )


#: Where an arrow leaves or reaches a box, by the arrow and its end (0 or 1, from the left or from above).
_Ports = Mapping[tuple[str, int], float]


def _ports(theory: Theory, chains: Mapping[str, Sequence[str]], frames: Mapping[str, Frame]) -> _Ports:
    """Heights along the edges of boxes: those of one edge apart, ordered by where the arrows come from."""
    edges: dict[tuple[str, str], list[tuple[float, str, int]]] = {}
    for arrow in theory.arrows:
        chain = chains.get(arrow.id)
        if chain is not None:
            edges.setdefault((chain[0], "right"), []).append((frames[chain[1]].middle, arrow.id, 0))
            edges.setdefault((chain[-1], "left"), []).append((frames[chain[-2]].middle, arrow.id, 1))
        else:
            for end, (box_id, other) in enumerate(((arrow.start, arrow.end), (arrow.end, arrow.start))):
                edges.setdefault((box_id, "right"), []).append((frames[other].middle, arrow.id, end))
    found = {}
    for (box_id, _edge), incident in edges.items():
        frame = frames[box_id]
        for place, (_middle, arrow_id, end) in enumerate(sorted(incident), 1):
            found[arrow_id, end] = frame.top + frame.height * place / (len(incident) + 1)
    return found


def _between_columns(
    arrow: Arrow, chain: Sequence[str], ports: _Ports, frames: Mapping[str, Frame]
) -> DrawnArrow:
    curves: list[Curve] = []
    bends: list[Curve] = []
    here: Point = (frames[chain[0]].right, ports[arrow.id, 0])
    for name in chain[1:]:
        frame = frames[name]
        is_last = name == chain[-1]
        there: Point = (frame.left, ports[arrow.id, 1] if is_last else frame.middle)
        half = (here[0] + there[0]) / 2
        bend = Curve(here, (half, here[1]), (half, there[1]), there)
        curves.append(bend)
        bends.append(bend)
        if not is_last:
            here = (frame.right, frame.middle)
            curves.append(Curve(there, there, here, here))
    if chain[0] == arrow.start:
        return DrawnArrow(arrow.id, arrow.start, arrow.end, tuple(curves), tuple(bends), 1)
    backwards = tuple(curve.turned() for curve in reversed(curves))
    return DrawnArrow(arrow.id, arrow.start, arrow.end, backwards, tuple(bends), -1)


def _within_column(arrow: Arrow, ports: _Ports, frames: Mapping[str, Frame], gap: float) -> DrawnArrow:
    """Out to the right and back, no further than half of the gap."""
    first: Point = (frames[arrow.start].right, ports[arrow.id, 0])
    last: Point = (frames[arrow.end].right, ports[arrow.id, 1])
    out = frames[arrow.start].right + gap * 0.6
    curve = Curve(first, (out, first[1]), (out, last[1]), last)
    return DrawnArrow(arrow.id, arrow.start, arrow.end, (curve,), (curve,), -1)
