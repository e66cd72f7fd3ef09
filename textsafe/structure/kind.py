"""What kind of document it is: speech, policy document, accident report, news, other."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from textsafe.document import Kind
from textsafe.structure.letterhead import GENRES

_SPEECH_TITLE = re.compile(
    r"(?:讲话|致辞|发言|主持词|讲话稿|动员讲话|表态发言)(?:提纲|稿|要点)?(?:[（(].*)?"
)
_SALUTATION = re.compile(r"^(?:同志们|各位|尊敬的)")
_ACCIDENT_TITLE = re.compile(
    r"(?:事故|事件|征候)(?:技术|情况|原因)?(?:调查|分析|评估)?(?:处理)?(?:情况)?(?:报告|案例|简报|快报)|事故(?:案例)?(?:[（(].*)?$"
)
_ACCIDENT_CIRCULAR = re.compile(r"事故(?:情况)?的?通报")
_ACCIDENT_SECTION = re.compile(
    r"事故(?:发生)?(?:的)?(?:简要|主要)?(?:经过|原因|概况|基本情况|性质)|直接原因|间接原因|责任认定|事故教训"
)
_ACCIDENT_CASE = re.compile(
    r"(?:.{0,80}[。！？])?(?:\d{1,3}[.．、]\s?)?\d{4}年\d{1,2}月\d{1,2}日[^。]{0,60}(?:发生|起火|爆炸|爆燃|坍塌|泄漏|坠落|中毒|死亡)"
)
_FEWEST_CASES = 2
_POLICY_TITLE = re.compile(rf"(?:{GENRES})(?:[（(].*)?$")
_NEWS = re.compile(
    r"^.{0,30}(?:本报|新华社|人民网|中新网|央视|新闻网|日报|晚报|记者|通讯员).{0,40}(?:讯|电|报道|摄)|讯[（(]记者|^.{2,12}讯\s"
)


def document_kind(
    *,
    title: str | None,
    number: str | None,
    body: Sequence[str],
    section_titles: Iterable[str],
) -> Kind:
    """Tell the kind of a document by its title, its number, its body and its headings.

    Args:
        title: The title, where one was found.
        number: 发文字号, where there is one.
        body: The paragraphs of the body, the salutation first where there is one.
        section_titles: The headings of the document.

    >>> document_kind(title="在全县安全生产会议上的讲话", number=None, body=["同志们："],
    ...               section_titles=[])
    'speech'
    """
    name = title or ""
    opening = "".join(body[:3])[:300]
    accident_sections = sum(bool(_ACCIDENT_SECTION.search(t)) for t in section_titles)
    tells_accident = number is None or _ACCIDENT_CIRCULAR.search(name)
    if _ACCIDENT_TITLE.search(name) or (accident_sections >= 2 and tells_accident):
        return "accident_report"
    if _SPEECH_TITLE.search(name) and number is None:
        return "speech"
    if number or _POLICY_TITLE.search(name):
        return "policy"
    if _SALUTATION.match(opening):
        return "speech"
    if _NEWS.search(opening):
        return "news"
    if sum(bool(_ACCIDENT_CASE.match(paragraph)) for paragraph in body) >= _FEWEST_CASES:
        return "accident_report"
    return "other"
