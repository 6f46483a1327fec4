"""What a condition says while it is open: the limit of an option, and nothing that nobody said."""

import re

import pytest

from tests.support import known

HARD = sorted(key for key, rule in known().rules.items() if rule.strength != "prefer")
# "You want", "You score": a sentence about the person is true only once an answer says so.
CLAIM = re.compile(
    r"\b(?:and|but) you want\b|^you (?:want|score|said|do not)\b|^your (?:target|goal)\b"
    r"|\bserves another goal\b"
)


@pytest.mark.parametrize("key", HARD)
def test_a_reason_claims_nothing_that_an_open_question_would_tell(key: str) -> None:
    assert not CLAIM.search(known().rules[key].reason.lower())
