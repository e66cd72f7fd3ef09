"""Typed, validated loading of the taxonomies under ``textsafe/data/``.

A taxonomy is a TOML file with a module here: models of its entries, and a function that loads it
once. Each entry carries its source and examples (``yes``, ``no``) that the tests run. A file that
breaks its rules raises :class:`textsafe.errors.DataError`, which names the file and what is wrong.
"""

from textsafe.taxonomies.assignment import AssignmentLanguage, RoleWording, assignment_language
from textsafe.taxonomies.body import Bodies, Body, Department, bodies
from textsafe.taxonomies.element import ElementLine, ElementPlace, Elements, elements
from textsafe.taxonomies.form import (
    CellWords,
    Column,
    ColumnTitle,
    Forms,
    LedgerField,
    RectificationLabel,
    column_of,
    forms,
)
from textsafe.taxonomies.loading import Wording, WordList, load
from textsafe.taxonomies.order import (
    Cue,
    SectionEffect,
    SectionTitle,
    TaskLanguage,
    task_language,
)
from textsafe.taxonomies.organisation import (
    LevelName,
    NameWords,
    Organisations,
    organisations,
)
from textsafe.taxonomies.sector import (
    BodyName,
    ContextExample,
    ContextWords,
    Sector,
    SectorTable,
    sector_table,
    sectors,
)
from textsafe.taxonomies.subject import Evidence, SubjectLanguage, subject_language

__all__ = [
    "AssignmentLanguage",
    "Bodies",
    "Body",
    "BodyName",
    "CellWords",
    "Column",
    "ColumnTitle",
    "ContextExample",
    "ContextWords",
    "Cue",
    "Department",
    "ElementLine",
    "ElementPlace",
    "Elements",
    "Evidence",
    "Forms",
    "LedgerField",
    "LevelName",
    "NameWords",
    "Organisations",
    "RectificationLabel",
    "RoleWording",
    "SectionEffect",
    "SectionTitle",
    "Sector",
    "SectorTable",
    "SubjectLanguage",
    "TaskLanguage",
    "WordList",
    "Wording",
    "assignment_language",
    "bodies",
    "column_of",
    "elements",
    "forms",
    "load",
    "organisations",
    "sector_table",
    "sectors",
    "subject_language",
    "task_language",
]
