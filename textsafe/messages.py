"""The sentences that people read, in Chinese and in English, from ``data/messages.toml``."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Literal

from textsafe.errors import TextsafeError

Language = Literal["zh", "en"]


@dataclass(frozen=True)
class Message:
    """A sentence for a person: what happened, and what to do next (may be empty)."""

    text: str
    hint: str


@cache
def _catalogue() -> dict[str, dict[str, str]]:
    resource = files("textsafe") / "data" / "messages.toml"
    return tomllib.loads(resource.read_text(encoding="utf-8"))


def message(key: str, lang: Language = "zh", /, **params: object) -> Message:
    """Return the message named `key` in the language `lang`, its placeholders filled.

    >>> message("scanned", pages=3).text
    '这是扫描件：共 3 页，没有文字层'
    """
    entry = _catalogue()[key]
    hint = entry.get(f"hint_{lang}", "")
    return Message(entry[lang].format_map(params), hint.format_map(params))


def explain(error: TextsafeError, lang: Language = "zh") -> Message:
    """Return what a person should read about `error`.

    >>> from textsafe.errors import EmptyDocumentError
    >>> explain(EmptyDocumentError("empty"), "en").text
    'the file holds no text'
    """
    params = dict(error.params)
    if error.key == "limit_exceeded":
        params["name"] = params["limit"]
        params["limit"] = message(f"limit_{params['limit']}", lang).text
    return message(error.key, lang, **params)
