"""Reading a data file into its model, and the kinds of value that the models share."""

from __future__ import annotations

import re
import tomllib
from collections import Counter
from functools import cached_property
from importlib.resources import files
from typing import Annotated, TypeVar

from pydantic import AfterValidator, BeforeValidator, Field, StringConstraints, ValidationError

from textsafe.document import Model
from textsafe.errors import DataError

M = TypeVar("M", bound=Model)


def without_repeats(values: tuple[str, ...]) -> tuple[str, ...]:
    """Return `values`; raise ValueError where one stands there twice."""
    repeated = [value for value, count in Counter(values).items() if count > 1]
    if repeated:
        raise ValueError(f"listed twice: {'、'.join(repeated)}")
    return values


def _compiles(pattern: str) -> str:
    try:
        re.compile(pattern)
    except re.error as error:
        raise ValueError(f"not a regular expression: {pattern}") from error
    return pattern


def _split(value: object) -> object:
    return value.split() if isinstance(value, str) else value


Text = Annotated[str, StringConstraints(min_length=1, pattern=r"^\S+$")]
Id = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9_]*$")]
Source = Annotated[str, StringConstraints(min_length=1)]
Words = Annotated[tuple[Text, ...], AfterValidator(without_repeats)]
# Long lists stand in the file as running text, separated by white space.
RunningWords = Annotated[Words, BeforeValidator(_split)]
Examples = Annotated[Words, Field(min_length=1)]
Patterns = Annotated[tuple[Annotated[Text, AfterValidator(_compiles)], ...], Field(min_length=1)]


class WordList(Model):
    """Words of one use.

    Attributes:
        words: The words, as written.
        source: Where they were seen.
        yes: Texts that are read so because of such a word.
        no: Texts that hold such a word, or one like it, and are read otherwise.
    """

    words: RunningWords
    source: Source
    yes: Examples
    no: Examples


class Wording(Model):
    """Regular expressions of one use; the attributes are those of :class:`WordList`."""

    words: Patterns
    source: Source
    yes: Examples
    no: Examples

    @cached_property
    def pattern(self) -> re.Pattern[str]:
        """A pattern that matches any of the words."""
        return re.compile("|".join(self.words))


def load(name: str, model: type[M]) -> M:
    """Return the data file `name` (without ``.toml``), checked against `model`.

    Raises:
        DataError: The file is missing, is not TOML, or breaks a rule of the model.
    """
    resource = files("textsafe") / "data" / f"{name}.toml"
    try:
        return model.model_validate(tomllib.loads(resource.read_text(encoding="utf-8")))
    except (OSError, ValueError) as error:
        raise DataError("data_invalid", file=f"{name}.toml", reason=_reason(error)) from error


def _reason(error: Exception) -> str:
    if not isinstance(error, ValidationError):
        return str(error)
    first = error.errors()[0]
    place = ".".join(str(part) for part in first["loc"])
    return f"{place}: {first['msg']}" if place else first["msg"]
