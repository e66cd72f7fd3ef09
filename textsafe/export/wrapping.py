"""Lines of Chinese text in a fixed number of terminal cells.

Line breaks follow 《标点符号用法》 (GB/T 15834-2011, 5.1): no line starts with a closing mark, none
ends with an opening one. Numbers and Latin words stay whole.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from rich.cells import cell_len

OPENING = "（〔《〈「『【“‘(["
CLOSING = "，。、；：！？）〕》〉」』】”’…%),.;:!?]"
# An unbreakable piece: opening marks, one character or one number or word, closing marks.
PIECE = re.compile(
    rf"[{re.escape(OPENING)}]*(?:[0-9A-Za-z][0-9A-Za-z./-]*|.)[{re.escape(CLOSING)}]*", re.DOTALL
)


def wrap(text: str, width: int) -> list[str]:
    """Return `text` in lines of at most `width` cells; a Chinese character takes two.

    >>> wrap("完成老旧管网排查，严禁“带病”运行。", 16)
    ['完成老旧管网排', '查，严禁“带病”运', '行。']
    """
    lines = [""]
    for paragraph in text.split("\n"):
        if lines[-1]:
            lines.append("")
        for piece in _pieces(paragraph, width):
            if lines[-1] and cell_len(lines[-1] + piece) > width:
                lines.append("")
            lines[-1] += piece
    return lines


def _pieces(text: str, width: int) -> Iterator[str]:
    for match in PIECE.finditer(text):
        if cell_len(match[0]) <= width:
            yield match[0]
        else:  # longer than a line: better a bad break than a broken table
            yield from match[0]
