"""Small documents around one sentence, so that it is read where it would really stand."""

from __future__ import annotations

from typing import Any

from textsafe import extract_tasks, parse_text
from textsafe.records import Deadline, Task

HEADS = {
    "notice": "云陵县安全生产委员会办公室文件\n云安办〔2024〕18号\n"
    "关于做好当前安全生产工作的通知\n各镇人民政府，县直有关部门：\n",
    "speech": "在全县安全生产工作会议上的讲话\n（2024年3月12日）\n同志们：\n",
    "report": "云陵县宏泰工地“3·7”高处坠落事故调查报告\n",
    "rule": "云陵县金河铸造有限公司安全生产管理制度\n",
}
TAILS = {
    "notice": "\n云陵县安全生产委员会办公室\n2024年3月12日\n",
    "speech": "\n谢谢大家！\n",
    "report": "\n云陵县人民政府事故调查组\n2024年4月20日\n",
    "rule": "",
}
# Where a document has sections, what stands before the first of them is its preamble.
SECTION_AFTER = {
    "notice": "\n三、保障措施\n加强组织领导。",
    "speech": "\n三、加强领导\n要靠前指挥。",
    "report": "\n五、附录\n无。",
    "rule": "",
}


def tasks_of(text: str, *, kind: str = "notice", under: str | None = "二、工作任务") -> list[Task]:
    """Return the tasks that `text` holds when it stands under a heading of a document.

    Args:
        text: One or more paragraphs.
        kind: Kind of document: a key of ``HEADS``.
        under: The heading above, or None for the preamble.
    """
    before = HEADS[kind] + (f"{under}\n" if under else "")
    whole = before + text + SECTION_AFTER[kind] + TAILS[kind]
    inside = range(len(before), len(before) + len(text))
    return [task for task in extract_tasks(parse_text(whole)).tasks if task.span.start in inside]


def summary(task: Task, like: dict[str, Any]) -> dict[str, Any]:
    """Return what a task says, in the words of a case file.

    Args:
        task: A task.
        like: What is expected; only the keys that it has are told.
    """
    said = {
        "do": like["do"] if like["do"] in task.text else task.text,
        "who": {party.name: party.role for party in task.parties},
        "when": [_value(deadline) for deadline in task.deadlines],
        "sectors": sorted({mention.id for mention in task.sectors}),
    }
    return {key: said[key] for key in like}


def _value(deadline: Deadline) -> str | None:
    if deadline.kind == "span":
        return f"{deadline.start}/{deadline.due}"
    return deadline.every or deadline.due or deadline.duration or deadline.event
