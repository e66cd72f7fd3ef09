"""Tables of contents: runs of lines that end in rising page numbers."""

from __future__ import annotations

import re
from collections.abc import Sequence

_ENTRY = re.compile(r"[^\d\s.．…·][\s.．…·—-]{0,200}(?P<page>\d{1,4})$")
_FEWEST = 4


def contents_entries(lines: Sequence[str]) -> set[int]:
    """Return the indices of the lines that are entries of a table of contents.

    >>> lines = ["目录", "一、总则……1", "二、任务……3", "三、步骤……8", "四、要求……9", "一、总则"]
    >>> sorted(contents_entries(lines))
    [1, 2, 3, 4]
    """
    found: set[int] = set()
    run: list[int] = []
    last_page = 0
    for index, line in enumerate(lines):
        match = _ENTRY.search(line[-220:]) if len(line) <= 250 else None
        if match and int(match["page"]) >= last_page:
            run.append(index)
            last_page = int(match["page"])
            continue
        if len(run) >= _FEWEST:
            found.update(run)
        run, last_page = ([index], int(match["page"])) if match else ([], 0)
    if len(run) >= _FEWEST:
        found.update(run)
    return found
