"""JSON and JSON Lines: what other programs read."""

from __future__ import annotations

import json
from collections.abc import Sequence

from pydantic import BaseModel


def to_json(records: Sequence[BaseModel], *, single: bool = False) -> str:
    """Return `records` as a JSON list, or with `single` the only record as an object.

    >>> from textsafe.document import Span
    >>> print(to_json([Span(start=0, end=2)], single=True))
    {
      "start": 0,
      "end": 2
    }
    """
    values = [record.model_dump(mode="json") for record in records]
    if single:
        (value,) = values
        return json.dumps(value, ensure_ascii=False, indent=2)
    return json.dumps(values, ensure_ascii=False, indent=2)


def to_jsonl(records: Sequence[BaseModel]) -> str:
    r"""Return one line of JSON for each record, each ended by a line feed.

    >>> from textsafe.document import Span
    >>> to_jsonl([Span(start=0, end=2), Span(start=4, end=6)])
    '{"start":0,"end":2}\n{"start":4,"end":6}\n'
    """
    return "".join(record.model_dump_json() + "\n" for record in records)
