"""Texts by other authors with the right answers (``tests/data/cases.yml``).

The models are never trained on them; phrases were widened after looking at what went wrong.
"""

from collections.abc import Mapping
from typing import Any

import pytest

from tests import scoring
from tests.support import session

ASKS = "asks first, and with the answer it is right"
# What is wrong today, with the reason; a case that becomes right has to leave this table.
KNOWN = {
    "h059": ASKS,
    "h075": "asks whether a cold start is acceptable, which the text says in other words",
    "h091": "three days that went by are taken for the time of the rollout",
    "h127": ASKS,
    "h129": "somebody proposes a monitor, where latency and errors are the trouble",
    "h151": "rebuilding a model as evidence is taken for retraining",
    "h153": "asks for a remedy without a word on training",
    "h157": "the words are those of a schedule; the label wants the kind of training",
    "h163": "a slow model on a device is taken for the wish to deploy there",
    "h185": "many idle endpoints are read as too large ones, not as one for many models",
    "h191": "asks for fewer endpoints where scaling is meant",
    "h225": "figures without a meaning are ranked like a text",
    "p2-029": ASKS,
    "p2-035": "a question on endpoints and runs is taken for one on their start",
}
# Parts of the readings, not of the answers.
LEAST = {"one more": 0.93, "honest": 0.88, "numbers": 0.9}
MOST_LOST = 9


@pytest.mark.parametrize("case", scoring.cases(), ids=lambda case: case["id"])
def test_a_case_is_right_or_known_to_be_wrong(case: Mapping[str, Any]) -> None:
    right = scoring.grade(case, session().ask(case["text"])) == "right"
    assert right == (case["id"] not in KNOWN), KNOWN.get(case["id"], "was right until now")


@pytest.mark.parametrize("case", scoring.cases(), ids=lambda case: case["id"])
def test_no_case_is_answered_with_an_option_that_harms(case: Mapping[str, Any]) -> None:
    reply = session().ask(case["text"])
    assert scoring.grade(case, reply) != "hard"
    said = scoring.answered(case, reply) if reply["state"] != "decided" else None
    if said is not None:
        assert scoring.grade(case, session().ask(case["text"], **said)) != "hard"


def test_the_readings_of_the_cases_are_no_worse_than_before() -> None:
    total = scoring.score(session(), scoring.cases())
    parts = {
        "one more": total["one more"] / total["cases"],
        "honest": total["honest"] / total["shown"],
        "numbers": total["placed"] / total["numbers"],
    }
    assert {name: round(v, 3) for name, v in parts.items() if v < LEAST[name]} == {}
    assert total["lost"] <= MOST_LOST
