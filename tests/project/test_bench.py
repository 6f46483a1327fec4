"""The measurements ask what the checker answers: one that fails waits for a verdict without end."""

import json

from bench.controls import REQUEST
from checker.browser import handle


def test_the_other_ways_to_a_verdict_ask_what_the_checker_understands() -> None:
    answered = json.loads(handle(REQUEST))
    assert not answered["problems"]
    assert answered["views"]["inference"]["headline"]
