"""Documents and sentences with gold annotation, as ``corpora/README.md`` defines them."""

from __future__ import annotations

import datetime as dt
import json
import tomllib
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, Literal, TypeVar

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from textsafe.errors import CorruptDocumentError, UsageError
from textsafe.records import DeadlineKind, Modality, Role

Label = Literal["task", "heading", "optional", "other"]
# The plain text comes first: gold offsets were made on it, and it needs no other program.
_SUFFIXES = (".txt", ".docx", ".pdf", ".ofd", ".html", ".doc", ".wps")
_UNITS, _GOLD = ".units.tsv", ".gold.jsonl"
SPLITS = "splits.toml"


class _Gold(BaseModel):
    """Base of gold annotation: what it says beside the fields here is an annotator's remark."""

    model_config = ConfigDict(frozen=True, extra="ignore")


G = TypeVar("G", bound=_Gold)


class GoldParty(_Gold):
    """A party as annotated; an optional one counts neither for nor against."""

    name: str
    role: Role
    optional: bool = False


class GoldDeadline(_Gold):
    """A deadline as annotated; fields as in ``records.Deadline``."""

    text: str
    kind: DeadlineKind
    start: dt.date | None = None
    due: str | None = None
    every: str | None = None
    after: str | None = None
    duration: str | None = None
    working_days: bool = False
    event: str | None = None
    optional: bool = False


class _GoldRow(_Gold):
    u: int
    label: Label
    modality: Modality | None = None
    parties: tuple[GoldParty, ...] = ()
    deadlines: tuple[GoldDeadline, ...] = ()
    sectors: tuple[str, ...] = ()


class GoldUnit(_Gold):
    """A unit of text with what annotators said about it.

    Attributes:
        name: Its number in the document, or the identifier of a sentence.
        label: Units labelled ``heading`` and ``optional`` are never scored.
        group: Why a sentence is in its file: the class of wording that it stands for.
        date: The date against which a sentence is resolved.
    """

    name: str
    text: str
    label: Label = "other"
    modality: Modality | None = None
    parties: tuple[GoldParty, ...] = ()
    deadlines: tuple[GoldDeadline, ...] = ()
    sectors: tuple[str, ...] = ()
    group: str | None = None
    date: dt.date | None = None

    @property
    def is_scored(self) -> bool:
        """Whether honest people agree on the unit."""
        return self.label in {"task", "other"}


class GoldDocument(_Gold):
    """An annotated document.

    Attributes:
        identifier: Its name in the corpus, such as ``T01``.
        path: The file to read.
        split: The part of the corpus that it belongs to, where ``splits.toml`` says so.
    """

    identifier: str
    path: Path
    split: str | None
    units: tuple[GoldUnit, ...]


def read_documents(folder: Path, split: str | None = None) -> list[GoldDocument]:
    """Return the annotated documents of a folder, in the order of their identifiers.

    Args:
        folder: Holds ``<ID>.txt`` (or ``.docx``, ``.pdf``…), ``<ID>.units.tsv`` and
            ``<ID>.gold.jsonl`` for each document.
        split: Only documents of this part of ``splits.toml``, which stands in the folder or above.

    Raises:
        UsageError: The folder holds no annotated documents, or none of that part.
        CorruptDocumentError: An annotation cannot be read.
    """
    names = sorted(path.name.removesuffix(_GOLD) for path in folder.glob(f"*{_GOLD}"))
    if not names:
        raise UsageError("gold_none", path=folder)
    parts = splits_of(folder)
    if split is not None:
        names = [name for name in names if parts.get(name) == split]
        if not names:
            raise UsageError("gold_no_split", path=folder, split=split)
    return [
        GoldDocument(
            identifier=name,
            path=_document(folder, name),
            split=parts.get(name),
            units=tuple(_units(folder, name)),
        )
        for name in names
    ]


def splits_of(folder: Path) -> Mapping[str, str]:
    """Return the part of each document of a corpus, where a ``splits.toml`` names the parts.

    The file stands in the folder or above it; its table bears the name of the folder.

    Raises:
        CorruptDocumentError: The file is there and cannot be read.
    """
    for place in (folder, folder.resolve().parent):
        path = place / SPLITS
        if path.is_file():
            parts = _toml(path).get(folder.resolve().name, {})
            return {name: part for part, names in parts.items() for name in names}
    return {}


def read_sentences(path: Path, split: str | None = None) -> list[GoldUnit]:
    """Return the annotated sentences of a JSONL file, each as a unit of its own.

    Args:
        path: Lines ``{"id", "text", "date", "split", "parties" or "deadlines", "why"}``.
        split: Only lines of this part.

    Raises:
        UsageError: No line belongs to that part.
        CorruptDocumentError: A line cannot be read.
    """
    found = [
        GoldUnit(
            name=row.id,
            text=row.text,
            label="task",
            parties=row.parties,
            deadlines=row.deadlines,
            group=row.why,
            date=row.date,
        )
        for row in _lines(path, _SentenceRow)
        if split is None or row.split == split
    ]
    if not found:
        raise UsageError("gold_no_split" if split else "gold_none", path=path, split=split)
    return found


class _SentenceRow(_Gold):
    id: str = Field(coerce_numbers_to_str=True)
    text: str
    date: dt.date | None = None
    split: str | None = None
    parties: tuple[GoldParty, ...] = ()
    deadlines: tuple[GoldDeadline, ...] = ()
    why: str | None = None


def _document(folder: Path, name: str) -> Path:
    paths = [folder / f"{name}{suffix}" for suffix in _SUFFIXES]
    return next((path for path in paths if path.is_file()), paths[0])


def _units(folder: Path, name: str) -> Iterator[GoldUnit]:
    rows = {row.u: row for row in _lines(folder / f"{name}{_GOLD}", _GoldRow)}
    path = folder / f"{name}{_UNITS}"
    for number, line in enumerate(_text(path).splitlines(), start=1):
        columns = line.split("\t", 3)
        if len(columns) < 4 or not columns[0].isdecimal():
            raise CorruptDocumentError("gold_line", path=path, line=number, reason=line[:40])
        row = rows.pop(int(columns[0]), None)
        fields = row.model_dump(exclude={"u"}) if row else {}
        yield GoldUnit(name=columns[0], text=columns[3], **fields)
    if rows:
        raise CorruptDocumentError("gold_unit", path=folder / f"{name}{_GOLD}", unit=min(rows))


def _lines(path: Path, model: type[G]) -> Iterator[G]:
    for number, line in enumerate(_text(path).split("\n"), start=1):
        if line.strip():
            try:
                value = model.model_validate(json.loads(line))
            except (ValueError, ValidationError) as error:
                reason = _first_reason(error)
                raise CorruptDocumentError(
                    "gold_line", path=path, line=number, reason=reason
                ) from error
            yield value


def _first_reason(error: ValueError) -> str:
    if isinstance(error, ValidationError):
        problem = error.errors()[0]
        place: Sequence[object] = problem["loc"]
        return f"{'.'.join(map(str, place))}: {problem['msg']}"
    return str(error)


def _toml(path: Path) -> dict[str, Any]:
    try:
        return tomllib.loads(_text(path))
    except tomllib.TOMLDecodeError as error:
        raise CorruptDocumentError("gold_file", path=path, reason=error) from error


def _text(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        raise CorruptDocumentError("gold_file", path=path, reason=error) from error
