"""Prints how much of rendered scans is read rightly, and how long a page takes.

Usage: python benchmarks/scans.py [DOCUMENT…]    (names in corpora/tasks; T03 and T11 unless told)
"""

from __future__ import annotations

import sys
import time
from dataclasses import replace
from io import BytesIO
from pathlib import Path

from rich.console import Console
from rich.table import Table

ROOT = Path(__file__).parent.parent
sys.path.insert(0, str(ROOT / "tests"))

from scans import SANS, Look, accuracy, pages  # noqa: E402

from textsafe.readers import ocr, read_bytes  # noqa: E402

PLAIN = Look()
OFFICIAL = replace(PLAIN, letterhead=True, seal=True)
LOOKS = {
    "150 dpi": PLAIN,
    "200 dpi": replace(PLAIN, dpi=200),
    "300 dpi": replace(PLAIN, dpi=300),
    "100 dpi": replace(PLAIN, dpi=100),
    "sans serif": replace(PLAIN, font=SANS),
    "letterhead and seal": OFFICIAL,
    "skew +2°, letterhead, seal": replace(OFFICIAL, skew=2.0),
    "skew −3°, letterhead, seal": replace(OFFICIAL, skew=-3.0),
    "on its side, seal": replace(OFFICIAL, turn=90),
    "upside down, skew 1°": replace(OFFICIAL, turn=180, skew=1.0),
    "noise 12, JPEG 40, skew 1°": replace(OFFICIAL, noise=12, quality=40, skew=1.0),
    "noise 25, JPEG 25, skew 1°": replace(OFFICIAL, noise=25, quality=25, skew=1.0),
}


def main() -> None:
    """Read every page of the documents in every look, and print the table."""
    names = sys.argv[1:] or ["T03", "T11"]
    texts = [(ROOT / "corpora/tasks" / f"{name}.txt").read_text(encoding="utf-8") for name in names]
    ocr.require()
    table = Table("look", "pages", "characters right", "worst page", "confidence", "s a page")
    for name, look in LOOKS.items():
        table.add_row(name, *measure(texts, look))
    Console(width=120).print(table)


def measure(texts: list[str], look: Look) -> tuple[str, ...]:
    """Return the cells of one row."""
    rates, lengths, sure, seconds = [], [], [], []
    for text in texts:
        for image, lines in pages(text, look):
            file = BytesIO()
            image.save(file, "PNG", dpi=(look.dpi, look.dpi))
            start = time.perf_counter()
            document = read_bytes(file.getvalue(), source="scan.png")
            seconds.append(time.perf_counter() - start)
            rates.append(accuracy("".join(lines), document.text))
            lengths.append(sum(map(len, lines)))
            sure += [block.confidence for block in document.blocks if block.confidence is not None]
    mean = sum(rate * length for rate, length in zip(rates, lengths, strict=True)) / sum(lengths)
    return (
        str(len(rates)),
        f"{mean:.4f}",
        f"{min(rates):.4f}",
        f"{sum(sure) / len(sure):.3f}",
        f"{sum(seconds) / len(seconds):.2f}",
    )


if __name__ == "__main__":
    main()
