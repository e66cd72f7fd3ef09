"""Tables of tasks (任务分解表), ledgers (台账) and notices to rectify: their rows are tasks.

The columns say what, who and by when; nothing is left to the language of the cells.
"""

from __future__ import annotations

from collections.abc import Iterator

from textsafe.document import Document
from textsafe.extract.tables.entries import form_entries, row_entries
from textsafe.extract.tables.tasks import entry_task
from textsafe.mentions.assignments import first_leads_at
from textsafe.mentions.deadlines import Anchor
from textsafe.records import Task
from textsafe.structure.tables import headers

__all__ = ["table_tasks"]


def table_tasks(document: Document, anchor: Anchor) -> Iterator[Task]:
    """Yield the tasks of the document's tables; a span points at the cell of the task or hazard.

    Args:
        document: A document whose tables know what they are for, as ``structured`` returns it.
        anchor: What its times are resolved against.
    """
    leads_from = first_leads_at(document.text)
    for table, header in zip(document.tables, headers(document), strict=True):
        section = document.section_path(table.span.start)
        if header is not None:
            entries = row_entries(document, table, header)
        else:
            entries = list(form_entries(document, table)) if table.kind == "form" else []
        for entry in entries:
            leads = leads_from is not None and leads_from < table.span.end
            yield entry_task(document, anchor, entry, section, first_is_lead=leads)
