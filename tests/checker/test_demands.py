"""A text that says too little is asked for more; one that insists on too much is held to it.

One about something else is told so, though words of ours stand in it.
"""

from dataclasses import replace

import pytest

from checker.session import Session
from checker.text.demands import Demands, demands
from checker.text.tokens import clean, tokenize
from macros.training.learning import Taught, learn
from tests.support import known, session

MET = 6


def taught(**texts: str) -> Session:
    """A session that has met texts of each state, and plain ones as often as both."""
    learned = [
        Taught(
            f"{text} {'x' * time}",
            None if state == "out_of_scope" else decision,
            None,
            state.replace("_", "-"),
        )
        for state, text in {"decided": "the penguin waddles", **texts}.items()
        for decision in list(known().decisions)[: MET * (2 if state == "decided" else 1)]
        for time in range(2)
    ]
    return Session(learn(known(), learned))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("what now, dear owl", Demands(vague=True)),
        ("the walrus demands all", Demands(insistent=True, excessive=True)),
        ("the penguin waddles", Demands()),
    ],
)
def test_the_words_of_such_texts_are_learned(text: str, expected: Demands) -> None:
    zoo = taught(ask_for_more="what now dear owl", nothing_fits="the walrus demands all")
    assert demands(zoo.knowledge, tokenize(clean(text))) == expected


def test_what_is_learned_does_not_depend_on_the_run() -> None:
    texts = {"ask_for_more": "what now dear owl", "nothing_fits": "the walrus demands all"}
    assert taught(**texts).knowledge.demands == taught(**texts).knowledge.demands


def test_what_cannot_be_had_together_is_told_even_where_no_rule_sees_it() -> None:
    text = (
        "We forbid storing any metric anywhere, and every run must be compared by its stored"
        " metrics afterwards. Both are mandatory."
    )
    answer = session().ask(text)
    assert (answer["area"], answer["state"], answer["recommend"]) == (
        "tracking",
        "nothing-fits",
        [],
    )
    assert "conflict" in answer["flags"]
    # The verdict still weighs what was read.
    assert answer["verdict"]["state"] == "decided"
    assert Session(replace(known(), demands={})).ask(text)["state"] == "decided"


@pytest.mark.parametrize(
    "text",
    ["How should we host several models on one endpoint?", "What's the safest way to deploy?"],
)
def test_one_statement_in_a_question_that_only_begins_is_no_verdict(text: str) -> None:
    answer = session().ask(text)
    assert (answer["state"], answer["recommend"]) == ("ask-for-more", [])
    assert answer["missing"]
    assert "missing-info" in answer["flags"]
    rules_alone = Session(replace(known(), demands={})).ask(text)
    assert rules_alone["state"] != "ask-for-more"


@pytest.mark.parametrize("insists", [True, False])
def test_two_statements_that_exclude_each_other_leave_nothing_to_who_insists(insists: bool) -> None:
    wish = "The model is trained from scratch, and the run must start from last month's weights."
    plain = Session(replace(known(), demands={}, leanings={}))
    answer = plain.ask(wish + " Both conditions are mandatory." * insists)
    assert (answer["state"] == "nothing-fits") == insists
    assert "conflict" in answer["flags"]


def test_what_is_about_something_else_is_told_so_though_words_of_ours_stand_in_it() -> None:
    text = "The endpoint of our flu study is survival. How many patients do we need per group?"
    answer = session().ask(text)
    assert (answer["area"], answer["state"], answer["verdict"]) == (None, "out-of-scope", None)
    assert Session(replace(known(), demands={})).ask(text)["state"] != "out-of-scope"


def test_who_names_an_option_asks_about_it_whatever_the_other_words_are_of() -> None:
    gnus = taught(out_of_scope="a gnu grazes elsewhere")
    assert demands(gnus.knowledge, tokenize("a gnu grazes")).elsewhere
    assert not demands(gnus.knowledge, tokenize("the penguin waddles")).elsewhere
    assert gnus.ask("A gnu grazes elsewhere at an endpoint")["area"] is None
    assert gnus.ask("A gnu grazes elsewhere on a canary rollout")["area"] == "rollout"
