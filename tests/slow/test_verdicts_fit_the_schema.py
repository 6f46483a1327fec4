"""The verdicts that the engine gives, against their published JSON Schema."""

import json
from collections.abc import Iterator
from typing import Any

from jsonschema import Draft202012Validator

from macros.knowledge.verdict import verdict_schema
from tests import support

type Json = dict[str, Any]

VALIDATOR = Draft202012Validator(json.loads(verdict_schema()))


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
