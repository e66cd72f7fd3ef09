"""Files made to hang, crash or fill the reader: each is read, or refused with a reason.

All are read by the process that would be killed, so that a case that fails does not take the other
tests with it. The limit on time is there for those that would never end.
"""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.readers.hostile import containers, mails, markup, paged
from textsafe.document import Document
from textsafe.errors import DocumentError, LimitExceededError, ReaderCrashedError
from textsafe.messages import explain
from textsafe.readers import Limits, Options
from textsafe.readers.isolation import Isolation

CASES: dict[str, tuple[str, Callable[[], bytes]]] = (
    containers.CASES | markup.CASES | paged.CASES | mails.CASES
)
LIMITS = Limits(seconds=120, memory_bytes=1536 << 20)
# What happens inside PDFium, which has no limits of its own.
ONLY_STOPPED_FROM_OUTSIDE = {"pdf with forms in forms"}
SLOW = ONLY_STOPPED_FROM_OUTSIDE | {
    "ofd with one template on all pages",
    "pdf with a million segments",
    "pdf with 200,000 words at random",
    "pdf with a picture bomb",
    "docx with a paragraph of many runs",
}


@pytest.fixture(scope="module")
def isolation() -> Iterator[Isolation]:
    with Isolation(Options(LIMITS)) as isolation:
        yield isolation


@pytest.mark.parametrize(
    "name", [pytest.param(name, marks=[pytest.mark.slow] * (name in SLOW)) for name in CASES]
)
def test_hostile_file(name: str, isolation: Isolation, tmp_path: Path) -> None:
    file_name, build = CASES[name]
    path = tmp_path / file_name
    path.write_bytes(build())
    outcomes = list(isolation.read_each(path))
    shutil.rmtree(tmp_path)
    assert outcomes
    for source, outcome in outcomes:
        assert source.startswith(str(path))
        if isinstance(outcome, Document):
            assert "root:" not in outcome.text, "the file /etc/passwd was read"
        else:
            assert_refused(outcome, outside=name in ONLY_STOPPED_FROM_OUTSIDE)


def assert_refused(error: DocumentError, *, outside: bool) -> None:
    assert not isinstance(error, ReaderCrashedError), error
    if isinstance(error, LimitExceededError):
        assert (error.params["limit"] in {"seconds", "memory_bytes"}) == outside, error
    assert explain(error).text
