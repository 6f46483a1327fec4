"""The published JSON Schema of a verdict, against the verdicts that the engine gives."""

import copy
import json
from collections.abc import Iterator
from typing import Any

import pytest
from jsonschema import Draft202012Validator

from macros.knowledge.verdict import verdict_schema
from tests import support

type Json = dict[str, Any]

SCHEMA: Json = json.loads(verdict_schema())
VALIDATOR = Draft202012Validator(SCHEMA)


def _verdicts() -> Iterator[tuple[str, Json]]:
    session, known = support.session(), support.known()
    for name in known.decisions:
        yield name, session.decide([name], {})["verdicts"][name]
    for number, (name, scenario) in enumerate(known.scenarios.items()):
        if number % 3:
            continue
        decision = scenario.decision
        for era in ("today", "exam") if number % 5 == 0 else ("today",):
            found = session.decide([decision], scenario.answers, era=era)["verdicts"][decision]
            yield f"{name}, {era}", found
    for clash in known.clashes.values():
        one, other = (known.options[side[0]].decision for side in (clash.one, clash.other))
        chosen = {one: clash.one[:1], other: clash.other[:1]}
        found = session.decide([one], {}, chosen=chosen, guessed=known.decisions[one].fields)
        yield f"clash {clash.one}", found["verdicts"][one]


def test_every_verdict_is_what_the_schema_says() -> None:
    faults = {
        name: error.message
        for name, verdict in _verdicts()
        if (error := next(VALIDATOR.iter_errors(json.loads(json.dumps(verdict))), None))
    }
    assert faults == {}


def test_the_schema_is_one_and_names_each_member() -> None:
    Draft202012Validator.check_schema(SCHEMA)
    _, verdict = next(_verdicts())
    assert set(SCHEMA["required"]) == set(SCHEMA["properties"]) == set(verdict)


@pytest.mark.parametrize(
    ("member", "value"),
    [("state", "sure"), ("recommend", "canary"), ("start", None), ("reasons", [{}])],
)
def test_another_shape_is_refused(member: str, value: object) -> None:
    _, verdict = next(_verdicts())
    changed = {**copy.deepcopy(verdict), member: value}
    assert not VALIDATOR.is_valid(changed)
    assert not VALIDATOR.is_valid({**verdict, "more": 1})
