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
