"""textsafe reads China's work-safety documents: who must do what by when, in which sector.

>>> import textsafe
>>> document = textsafe.parse_text("各镇要于2024年6月底前完成排查。")
>>> textsafe.extract_tasks(document).tasks[0].deadlines[0].due
'2024-06-30'

The public names are imported on first use, so that ``textsafe --help`` stays quick.
"""

from importlib import import_module
from typing import TYPE_CHECKING, Any

__version__ = "0.1.0"

if TYPE_CHECKING:
    from textsafe.api import extract_tasks, parse, parse_each, parse_text
    from textsafe.document import Document
    from textsafe.errors import DocumentError, TextsafeError
    from textsafe.mentions.deadlines import find_deadlines
    from textsafe.readers import Limits, Options
    from textsafe.records import Failure, Task, TaskRecord
    from textsafe.taxonomies.local_event import LocalEvents, load_events

_HOME_OF = {
    "Document": "textsafe.document",
    "DocumentError": "textsafe.errors",
    "Failure": "textsafe.records",
    "Limits": "textsafe.readers",
    "LocalEvents": "textsafe.taxonomies.local_event",
    "Options": "textsafe.readers",
    "Task": "textsafe.records",
    "TaskRecord": "textsafe.records",
    "TextsafeError": "textsafe.errors",
    "extract_tasks": "textsafe.api",
    "find_deadlines": "textsafe.mentions.deadlines",
    "load_events": "textsafe.taxonomies.local_event",
    "parse": "textsafe.api",
    "parse_each": "textsafe.api",
    "parse_text": "textsafe.api",
}

__all__ = [
    "Document",
    "DocumentError",
    "Failure",
    "Limits",
    "LocalEvents",
    "Options",
    "Task",
    "TaskRecord",
    "TextsafeError",
    "__version__",
    "extract_tasks",
    "find_deadlines",
    "load_events",
    "parse",
    "parse_each",
    "parse_text",
]


def __getattr__(name: str) -> Any:
    if name in _HOME_OF:
        return getattr(import_module(_HOME_OF[name]), name)
    raise AttributeError(f"module 'textsafe' has no attribute {name!r}")
