"""Affine maps of the plane, as page formats write them."""

from __future__ import annotations

from typing import NamedTuple

Point = tuple[float, float]


class Matrix(NamedTuple):
    """An affine map: x' = ax + cy + e, y' = bx + dy + f."""

    a: float
    b: float
    c: float
    d: float
    e: float
    f: float

    def apply(self, x: float, y: float) -> Point:
        """Return the image of the point (x, y)."""
        return self.a * x + self.c * y + self.e, self.b * x + self.d * y + self.f

    def then(self, other: Matrix) -> Matrix:
        """Return the map that does `self` first and `other` second.

        >>> Matrix(2, 0, 0, 2, 0, 0).then(Matrix(1, 0, 0, 1, 5, 0)).apply(1, 1)
        (7, 2)
        """
        e, f = other.apply(self.e, self.f)
        return Matrix(
            self.a * other.a + self.b * other.c,
            self.a * other.b + self.b * other.d,
            self.c * other.a + self.d * other.c,
            self.c * other.b + self.d * other.d,
            e,
            f,
        )


IDENTITY = Matrix(1, 0, 0, 1, 0, 0)

# Writing that rises by less than this in parts of its run stands upright to the eye.
MAX_SLANT = 0.2


def quarter(run_x: float, run_y: float) -> int | None:
    """Return in how many quarters of a turn, clockwise, writing runs; None between them.

    >>> quarter(1, 0), quarter(0, 1), quarter(1, 1)
    (0, 1, None)
    """
    if abs(run_y) <= MAX_SLANT * abs(run_x):
        return 0 if run_x > 0 else 2
    if abs(run_x) <= MAX_SLANT * abs(run_y):
        return 1 if run_y > 0 else 3
    return None


def turns(width: float, height: float) -> list[Matrix]:
    """Return the maps that set text upright which is turned clockwise by 0, 1, 2, 3 quarters.

    Args:
        width: Width of the page as it is shown, in points.
        height: Its height.
    """
    return [
        IDENTITY,
        Matrix(0, -1, 1, 0, 0, width),
        Matrix(-1, 0, 0, -1, width, height),
        Matrix(0, 1, -1, 0, height, 0),
    ]
