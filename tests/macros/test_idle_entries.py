"""Entries that look right and say nothing: misspelled members, empty cells, a row told twice."""

import re
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
import yaml

from checker.knowledge.loading import to_plain
from checker.knowledge.model import Citation, Row
from macros.knowledge.capabilities import check_capabilities
from macros.knowledge.members import member_findings
from macros.knowledge.page_checks import check_tables
from macros.knowledge.reading import KnowledgeError, read_knowledge
from macros.knowledge.shapes import SHAPES
from macros.knowledge.text_checks import check_quotes
from tests import excerpt
from tests.support import known

VARIANT = "CreateEndpointConfig.ProductionVariants[]"
MEMBERS: dict[str, tuple[dict[str, Any], list[tuple[str, str, str]]]] = {
    "a path that is right": ({}, []),
    "an operation": (
        {"at": ("CreateEndpointConfg.ProductionVariants[]",)},
        [("at", "CreateEndpointConfg", "did you mean CreateEndpointConfig?")],
    ),
    "a member of the path": (
        {"at": (f"{VARIANT}.ManagedInstanceScalling",)},
        [("at", "ManagedInstanceScalling", "did you mean ManagedInstanceScaling?")],
    ),
    "a member that is tested": (
        {"then": {"any": ({"MaxConcurency": {"set": True}},)}},
        [("then", "MaxConcurency", "did you mean MaxConcurrency?")],
    ),
    "a member to compare with": (
        {"then": {"ProvisionedConcurrency": {"at_most": "MaxConcurency"}}},
        [("then", "MaxConcurency", "did you mean MaxConcurrency?")],
    ),
}


@pytest.mark.parametrize("name", MEMBERS)
def test_a_setting_names_members_that_aws_has(name: str) -> None:
    changes, expected = MEMBERS[name]
    setting = replace(known().settings["CFG003"], **changes)
    found = member_findings(replace(known(), settings={"CFG003": setting}), "CFG003")
    assert [(str(path[2]), message, hint) for path, _, message, hint in found] == [
        (part, f"unknown member '{member}'", hint) for part, member, hint in expected
    ]


def test_a_misspelled_member_is_told_when_the_yaml_is_read(tmp_path: Path) -> None:
    setting = {"CFG003": to_plain(known().settings["CFG003"])}
    setting["CFG003"]["then"] = {"MaxConcurency": {"set": True}}
    text = re.sub(r"(?m)^settings:.*\n((?:[ -].*\n)*)", "", excerpt.text())
    source = excerpt.write(tmp_path, f"{text}\n{yaml.safe_dump({'settings': setting})}")
    (source.parent / "shapes.json").write_bytes(SHAPES.read_bytes())
    with pytest.raises(KnowledgeError) as caught:
        read_knowledge(source, tmp_path)
    assert "unknown member 'MaxConcurency'" in str(caught.value)


CELLS = {
    "a label twice": ("  best FOR ", None, "K056", "is there twice (first in row 0)"),
    "an empty cell": ("Another", " ", "K057", "the cell of 'One' is ''"),
    "a letter": ("Another", "x", "K057", "the cell of 'One' is 'x'"),
}


@pytest.mark.parametrize("name", CELLS)
def test_a_row_that_says_nothing_or_says_it_again_is_told(name: str) -> None:
    label, cell, code, says = CELLS[name]
    table = replace(
        next(iter(known().tables.values())),
        columns=("One",),
        rows=(Row(label="Best for", cells=("Words",)), Row(label=label, cells=(cell or "Words",))),
    )
    ((path, found, message, hint),) = check_tables(replace(known(), tables={"x": table}))
    assert path[:4] == ("tables", "x", "rows", 1)
    assert found == code
    assert says in message
    assert hint


@pytest.mark.parametrize(
    ("says", "told"),
    [
        ("Key: maximum length of {other}", True),
        ("Maximum value: {other}", True),
        ("Key: maximum length of {same}", False),
        ("a page of {other}", False),
    ],
)
def test_a_number_without_a_unit_in_a_constraint_is_the_facts(says: str, told: bool) -> None:
    key = "serverless.max_payload"
    value = known().facts[key].value
    assert isinstance(value, int | float)
    cited = Citation(source="x", says=says.format(same=value, other=value + 1))
    fact = replace(known().facts[key], sources=(cited,), exam=None)
    found = check_quotes(replace(known(), facts={key: fact}))
    assert [code for _, code, *_ in found] == ["K035"] * told


def test_a_cell_against_the_reason_that_every_option_has_it_is_told() -> None:
    key, item = next((k, c) for k, c in known().capabilities.items() if c.unasked)
    option = next(iter(item.cells))
    denied = replace(item.cells[option], state="no", fact=next(iter(known().facts)))
    wrong = replace(item, unasked="Every option has them.", cells={**item.cells, option: denied})
    changed = replace(known(), capabilities={**known().capabilities, key: wrong})
    assert ((*("capabilities", key, "cells", option),), "K088") in [
        (path, code) for path, code, *_ in check_capabilities(changed)
    ]
