"""The taxonomies load, and wrong data is refused with the name of the file and the reason."""

from __future__ import annotations

import pytest
from pydantic import ValidationError

from textsafe.errors import DataError
from textsafe.messages import explain
from textsafe.taxonomies import BodyName, Sector, SectorTable, load, loading, sector_table, sectors

GAS = {
    "id": "gas",
    "name": "城镇燃气",
    "aliases": ["燃气"],
    "gbt": ["D45"],
    "departments": ["县住房和城乡建设局"],
    "sources": ["S1"],
    "verified": True,
    "yes": ["检查燃气管道。"],
    "no": ["检查水管。"],
}
BODIES = {
    "fills": ["管理"],
    "tails": ["局"],
    "short": ["公安"],
    "both": ["消防"],
    "yes": ["由公安、消防联合检查。"],
    "no": ["检查消防设施。"],
}
CONTEXT = {"words": ["软管"], "sectors": ["gas"], "examples": [{"text": "检查软管。"}]}
TABLE = {"sector": [GAS], "context": [CONTEXT], "bodies": BODIES, "sources": {"S1": "通知"}}


def test_sectors_are_loaded_once_and_in_the_order_of_the_file() -> None:
    assert sectors() is sectors()
    assert [sector.id for sector in sectors()][:3] == ["coal_mine", "noncoal_mine", "hazchem"]


@pytest.mark.parametrize("sector", sectors(), ids=lambda sector: sector.id)
def test_each_sector_has_examples_of_what_it_is_and_is_not(sector: Sector) -> None:
    assert sector.no
    assert bool(sector.yes) == bool(sector.aliases)


def test_each_source_is_cited() -> None:
    cited = {source for sector in sectors() for source in sector.sources}
    assert cited == set(sector_table().sources)


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        ({"id": "城镇燃气"}, "id"),
        ({"aliases": ["燃气", "燃气"]}, "listed twice: 燃气"),
        ({"aliases": ["燃 气"]}, "aliases"),
        ({"gbt": ["Z1"]}, "gbt"),
        ({"sources": []}, "sources"),
        ({"colour": "red"}, "colour"),
    ],
)
def test_a_wrong_sector_is_refused(change: dict[str, object], reason: str) -> None:
    with pytest.raises(ValidationError, match=reason):
        Sector.model_validate(GAS | change)


@pytest.mark.parametrize(
    ("second", "reason"),
    [
        ({}, "listed twice: gas"),
        ({"id": "fire", "aliases": ["气"], "exclude": ["燃气"]}, "fire: 燃气 is also an alias"),
        ({"id": "fire", "exclude": ["自来水"]}, "fire: exclude 自来水 contains no alias"),
        ({"id": "fire", "sources": ["S9"]}, "fire: unknown source S9"),
    ],
)
def test_sectors_that_contradict_each_other_are_refused(
    second: dict[str, object], reason: str
) -> None:
    table = TABLE | {"sector": [GAS, GAS | second]}
    with pytest.raises(ValidationError, match=reason):
        SectorTable.model_validate(table)


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        ({"words": ["燃气"]}, "named and by context: 燃气"),
        ({"sectors": ["fire"]}, "软管: unknown sector fire"),
        ({"default": ["fire"]}, "软管: unknown sector fire"),
    ],
)
def test_words_by_context_that_contradict_the_sectors_are_refused(
    change: dict[str, object], reason: str
) -> None:
    with pytest.raises(ValidationError, match=reason):
        SectorTable.model_validate(TABLE | {"context": [CONTEXT | change]})


def test_the_end_of_a_name_must_be_a_regular_expression() -> None:
    with pytest.raises(ValidationError, match="not a regular expression"):
        BodyName.model_validate(BODIES | {"tails": ["局("]})


def test_a_missing_file_is_named() -> None:
    with pytest.raises(DataError) as caught:
        load("nowhere", SectorTable)
    assert "nowhere.toml" in explain(caught.value).text


def test_a_file_that_breaks_its_model_says_where() -> None:
    with pytest.raises(DataError) as caught:
        load("messages", SectorTable)
    assert explain(caught.value, "en").text.startswith(
        "a data file of the program is wrong (messages.toml): sector"
    )


def test_a_file_that_is_no_toml_is_named(
    tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch
) -> None:
    package = tmp_path_factory.mktemp("package")
    (package / "data").mkdir()
    (package / "data" / "broken.toml").write_text("id = ", encoding="utf-8")
    monkeypatch.setattr(loading, "files", lambda _: package)
    with pytest.raises(DataError) as caught:
        load("broken", SectorTable)
    assert caught.value.params["file"] == "broken.toml"
