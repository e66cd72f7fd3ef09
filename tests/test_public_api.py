"""What users import is what is promised."""

from __future__ import annotations

import inspect
import re
import subprocess
import sys
import tomllib
from importlib import import_module

import pytest

import textsafe


@pytest.mark.parametrize("name", textsafe.__all__)
def test_public_name_exists_and_is_documented(name):
    value = getattr(textsafe, name)
    if callable(value):
        assert inspect.getdoc(value)


def test_public_names_are_the_promised_ones():
    assert set(textsafe.__all__) == {*textsafe._HOME_OF, "__version__"}
    assert list(textsafe.__all__) == sorted(textsafe.__all__)


@pytest.mark.parametrize(
    "name",
    ["parse", "parse_each", "parse_text", "extract_tasks", "find_deadlines", "load_events"],
)
def test_public_function_is_typed_and_shown_by_an_example(name):
    function = getattr(textsafe, name)
    signature = inspect.signature(function)
    assert signature.return_annotation is not inspect.Signature.empty
    assert all(p.annotation is not inspect.Parameter.empty for p in signature.parameters.values())
    assert ">>>" in inspect.getdoc(function)


def test_unknown_name_is_an_attribute_error():
    with pytest.raises(AttributeError, match="no attribute 'task'"):
        textsafe.task  # noqa: B018


def test_import_is_free_of_effects():
    script = "import sys, textsafe; print({'spacy', 'pydantic', 'jieba'} & set(sys.modules))"
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, check=True)
    assert done.stdout.strip() == b"set()"


def test_every_spacy_component_is_an_entry_point(root):
    project = tomllib.loads((root / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    promised = project["entry-points"]["spacy_factories"]
    for place in promised.values():
        module, name = place.split(":")
        assert hasattr(import_module(module), name)
    sources = (root / "textsafe" / "components").glob("*.py")
    written = {
        name
        for source in sources
        for name in re.findall(
            r'@Language\.factory\(\s*"(\w+)"', source.read_text(encoding="utf-8")
        )
    }
    assert written == set(promised)
