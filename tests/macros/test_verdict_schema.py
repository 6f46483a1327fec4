"""The published JSON Schema of a verdict is one, and refuses what is no verdict."""

import copy
import json
from typing import Any

import pytest
from jsonschema import Draft202012Validator

from macros.knowledge.verdict import verdict_schema
from tests import support

type Json = dict[str, Any]

SCHEMA: Json = json.loads(verdict_schema())
VALIDATOR = Draft202012Validator(SCHEMA)


def _verdict() -> Json:
    (decision, *_) = support.known().decisions
    found: Json = support.session().decide([decision], {})["verdicts"][decision]
    return found


def test_the_schema_is_one_and_names_each_member() -> None:
    Draft202012Validator.check_schema(SCHEMA)
    verdict = _verdict()
    assert set(SCHEMA["required"]) == set(SCHEMA["properties"]) == set(verdict)


@pytest.mark.parametrize(
    ("member", "value"),
    [("state", "sure"), ("recommend", "canary"), ("start", None), ("reasons", [{}])],
)
def test_another_shape_is_refused(member: str, value: object) -> None:
    verdict = _verdict()
    changed = {**copy.deepcopy(verdict), member: value}
    assert not VALIDATOR.is_valid(changed)
    assert not VALIDATOR.is_valid({**verdict, "more": 1})
