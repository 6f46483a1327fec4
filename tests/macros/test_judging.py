"""How a reply to a text is judged, by what is right and by what the text was labelled with."""

from collections.abc import Mapping
from typing import Any, cast

import pytest

from checker.session import Session
from macros.training.corpus import Example
from macros.training.judging import figures, judge, lines, same, table
from tests.support import session

LABELS = {
    "payload": {"value": "30 MB", "quote": "each 30 MB"},
    "caller": {"value": "polls", "quote": "fetched later"},
}
EXAMPLE = Example(
    "a-1", "each 30 MB, fetched later", "inference", ("async-inference",), "a", {"answers": LABELS}
)
RIGHT = {
    "state": "decided",
    "area": "inference",
    "recommend": ["async-inference"],
    "read": [{"field": "payload", "value": "30 MB"}, {"field": "caller", "value": "polls"}],
    "unplaced": [],
    "question": None,
}


class Scripted:
    """A session that says one reply to a text, and another where something is confirmed."""

    def __init__(self, first: Mapping[str, Any], second: Mapping[str, Any]) -> None:
        self.replies, self.said = (first, second), dict[str, Any]()
        self.knowledge, self.decide = session().knowledge, session().decide

    def ask(self, _text: str, **said: Any) -> Mapping[str, Any]:
        self.said.update(said)
        return self.replies[bool(said)]


def judged(first: Mapping[str, Any], example: Example = EXAMPLE) -> tuple[dict[str, int], Scripted]:
    scripted = Scripted({**RIGHT, **first}, RIGHT)
    found = judge(cast(Session, scripted), example)
    return {name: count for name, count in found.counts.items() if count}, scripted


def test_what_is_right_and_read_as_labelled_counts_in_every_figure() -> None:
    counts, _ = judged({})
    assert counts == {
        "all": 1, "right": 1, "recommends": 1, "recommends right": 1, "decides": 1,
        "decides right": 1, "labelled": 1, "one more": 1, "shown": 2, "honest": 2,
        "numbers": 1, "placed": 1,
    }  # fmt: skip


def test_a_recommendation_that_breaks_a_stated_limit_is_hard() -> None:
    counts, _ = judged({"recommend": ["serverless-inference"]})
    assert counts["hard"] == 1
    assert "right" not in counts


@pytest.mark.parametrize(
    ("question", "said"),
    [
        ({"field": "caller"}, {"answers": {"caller": "polls"}}),
        ({"quote": "30 MB", "fields": ["payload"]}, {"answers": {"payload": "30 MB"}}),
        ({"quote": "7 days", "fields": ["payload"]}, {"other": ["7 days"]}),
    ],
)
def test_a_question_is_answered_as_the_text_was_labelled(
    question: dict[str, Any], said: dict[str, Any]
) -> None:
    counts, scripted = judged({"state": "narrowed", "recommend": [], "question": question})
    assert scripted.said == said
    assert counts["one more"] == 1


def test_a_question_that_the_text_does_not_answer_is_no_help() -> None:
    counts, scripted = judged({"state": "narrowed", "recommend": [], "question": {"field": "gpu"}})
    assert scripted.said == {}
    assert "one more" not in counts


def test_a_number_is_placed_or_shown_or_lost() -> None:
    lost, _ = judged({"read": []})
    shown, _ = judged({"read": [], "unplaced": [{"quote": "30 MB"}]})
    assert (lost["numbers"], lost["lost"]) == (1, 1)
    assert "lost" not in shown


def test_a_reading_that_the_labels_do_not_hold_is_not_honest() -> None:
    counts, _ = judged({"read": [{"field": "payload", "value": "3 MB"}]})
    assert counts["shown"] == 1
    assert "honest" not in counts


@pytest.mark.parametrize(
    ("name", "one", "other", "expected"),
    [
        ("payload", "30 MB", "30 MB", True),
        ("payload", "30 MB", "0.03 GB", True),
        ("payload", "30 MB", "30 GB", False),
        ("payload", "under 30 MB", "30 MB", True),
        ("payload", "2-30 MB", "30 MB", True),
        ("duration", "2 min", "120 s", True),
        ("duration", "five seconds", "5 s", True),
        ("records", "2.2 million records", "2200000", True),
        ("requests", "200/day", "8.333333/h", True),
        ("requests", "at least 5/h", "5/h", True),
        ("caller", "polls", "Polls", True),
        ("caller", "polls", "waits", False),
    ],
)
def test_values_are_the_same_across_units(name: str, one: str, other: str, expected: bool) -> None:
    assert same(session().knowledge, name, one, other) is expected


def test_figures_are_shares_with_what_they_are_a_part_of() -> None:
    right = judge(cast(Session, Scripted(RIGHT, RIGHT)), EXAMPLE)
    wrong = judge(
        cast(Session, Scripted({**RIGHT, "recommend": ["batch-transform"]}, RIGHT)), EXAMPLE
    )
    rows = table([right, wrong])
    assert rows["all"]["right"] == {"percent": 50.0, "of": 2}
    assert rows["inference"] == rows["all"] == figures([right, wrong])
    assert [line.split()[0] for line in lines(rows)][1:] == ["inference", "all"]
