"""What botocore and cfn-lint say, as they are installed, is what we say of them."""

import json
from collections.abc import Iterator
from typing import Any

import pytest
from cfnlint.schema import PROVIDER_SCHEMA_MANAGER

from checker.config.cloudformation import OWN, TYPES
from checker.config.shapes import Shapes
from tests import fault_table
from tests.fault_table import FAULTS, VALID, by_botocore, fault_file
from tests.support import known


def test_the_table_of_faults_is_as_measured() -> None:
    table = json.loads(fault_table.FAULT_TABLE.read_bytes())
    stored = {row["says"]: row for row in table["faults"]}
    assert list(stored) == [fault["says"] for fault in FAULTS.values()]
    for name, fault in FAULTS.items():
        row = stored[fault["says"]]
        assert row["ours"] == fault["codes"]
        assert row["source"] == fault["source"]
        assert row["botocore"] is by_botocore(fault_file(name))
    assert (table["valid"], table["false alarms"]) == (len(VALID), 0)


SOME = ("serverless-memory-step", "serverless-concurrency-zero", "batch-timeout-too-long")


def test_cfn_lint_says_what_the_table_says() -> None:
    table = json.loads(fault_table.FAULT_TABLE.read_bytes())
    stored = {row["says"]: row["cfn-lint"] for row in table["faults"]}
    found = [fault_table.by_cfn_lint(fault_file(name)) for name in SOME]
    assert found == [stored[FAULTS[name]["says"]] for name in SOME]
    assert found == [False, True, None]


def refused(kind: str) -> list[str]:
    """Writable properties of a resource, by cfn-lint's schema, that the checker does not know."""
    schema = PROVIDER_SCHEMA_MANAGER.get_resource_schema("us-east-1", kind).schema
    names = {place.split("/")[2] for place in schema.get("readOnlyProperties", ())}
    given = {k: v for k, v in schema["properties"].items() if k not in names}
    return list(_unknown(schema, given, Shapes(known()).operations[TYPES[kind]], ()))


def _unknown(schema: Any, given: Any, shape: str, seen: tuple[str, ...]) -> Iterator[str]:
    members = known().shapes[shape].get("members", {})
    for name, inner in given.items():
        if name not in members:
            yield from [] if name in OWN or not members else [name]
            continue
        below, shape_below = inner, f"{shape.partition('/')[0]}/{members[name]}"
        while "$ref" in below or "items" in below:
            if "items" in below:
                below = below["items"]
                shape_below = f"{shape.partition('/')[0]}/{known().shapes[shape_below]['of']}"
            else:
                below = schema["definitions"][below["$ref"].rpartition("/")[2]]
        if shape_below not in seen:
            yield from _unknown(schema, below.get("properties", {}), shape_below, (*seen, shape))


@pytest.mark.parametrize("kind", sorted(TYPES.keys() - {"AWS::SageMaker::TransformJob"}))
def test_each_property_of_a_resource_is_known(kind: str) -> None:
    assert refused(kind) == []
