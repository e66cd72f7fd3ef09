"""spaCy pipelines with the finders of this package, and the bridge from Document to Doc."""

from __future__ import annotations

import datetime as dt
import logging
import warnings
from typing import Literal

import spacy
from spacy.language import Language
from spacy.tokens import Doc

from textsafe.components.spans import Mark, write_group
from textsafe.document import Document

Segmenter = Literal["char", "jieba"]


def build(*, date: dt.date | None = None, segmenter: Segmenter = "char") -> Language:
    """Return a pipeline that marks parties, deadlines, sectors and tasks as span groups.

    Args:
        date: The documents' date (成文日期) that deadlines are resolved against, or None.
        segmenter: What a token is: a character, or a word as jieba cuts it. The finders read
            characters; a span covers all tokens that a mention touches.

    >>> import datetime as dt
    >>> doc = build(date=dt.date(2024, 3, 11))("各镇要于6月底前排查燃气。")
    >>> for key, group in doc.spans.items():
    ...     print(key, [(span.text, span.label_) for span in group])
    parties [('各镇', 'owner')]
    deadlines [('6月底前', 'by')]
    sectors [('燃气', 'gas')]
    tasks [('各镇要于6月底前排查燃气。', 'must')]
    """
    if segmenter == "jieba":
        _import_jieba()
    nlp = spacy.blank("zh", config={"nlp": {"tokenizer": {"segmenter": segmenter}}})
    nlp.add_pipe("textsafe_parties")
    nlp.add_pipe("textsafe_deadlines", config={"date": date.isoformat() if date else None})
    nlp.add_pipe("textsafe_sectors")
    nlp.add_pipe("textsafe_directives")
    return nlp


def to_doc(document: Document, nlp: Language) -> Doc:
    r"""Run a pipeline over a document's text.

    Besides what the pipeline writes, ``doc.spans["blocks"]`` holds the blocks, labelled with their
    kind, and ``doc.spans["sections"]`` the titles of the sections, labelled with their level; its
    records say what each section covers.

    Args:
        document: A document with sections, as ``textsafe.parse`` returns it.
        nlp: Any pipeline whose tokenizer keeps the text as it is.

    >>> import textsafe
    >>> document = textsafe.parse_text("一、排查隐患\n各镇要逐户检查。")
    >>> doc = to_doc(document, build())
    >>> [(span.text, span.label_) for span in doc.spans["sections"]]
    [('一、排查隐患', '1')]
    >>> [span.text for span in doc.spans["tasks"]]
    ['各镇要逐户检查。']
    """
    # Not make_doc: its limit on length is meant for parsers; the readers have limits of their own.
    doc = nlp.tokenizer(document.text)
    sections = (
        Mark(section.title_span, str(section.level), section.model_dump(mode="json"))
        for section in document.sections
    )
    blocks = (
        Mark(block.span, block.kind, block.model_dump(mode="json")) for block in document.blocks
    )
    write_group(doc, "sections", sections)
    write_group(doc, "blocks", blocks)
    return nlp(doc)


def _import_jieba() -> None:
    """Import jieba without what it says about itself on the way.

    Its source has invalid escapes (a SyntaxWarning when compiled, in Python 3.11 a
    DeprecationWarning) and imports pkg_resources, which warns that it is deprecated; it also writes
    to standard error how long its dictionary took to load.
    """
    with warnings.catch_warnings():
        for about in ("invalid escape sequence", "pkg_resources"):
            warnings.filterwarnings("ignore", message=f".*{about}")
        import jieba  # noqa: PLC0415 (the pipelines without it need not pay for it)
    jieba.setLogLevel(logging.WARNING)
