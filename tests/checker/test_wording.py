"""Answers within a sentence: counts and measures read as a person would say them."""

from typing import Any

import pytest

from checker.knowledge.answers import read_value
from checker.knowledge.model import Field
from checker.problems import Problem
from checker.render.sentences import back
from checker.rules.wording import asked, proposed, replaced, too_many
from checker.units import Interval, counts
from tests.judging import verdict_on
from tests.support import known


def field_of(label: str, unit: str | None) -> Field:
    return Field(label=label, question="How?", hint="", kind="quantity", unit=unit)


def at(number: float) -> Interval:
    return Interval(number, number)


@pytest.mark.parametrize(
    ("label", "unit", "before", "after", "text"),
    [
        ("Subnets", "subnets", 20, 16, "at most 16 subnets instead of 20"),
        ("Subnets", "subnets", 20, 1, "at most 1 subnet instead of 20"),
        ("Nodes of a job", "nodes", 1, 2, "at least 2 nodes of a job instead of 1"),
        ("Number of models", "models", 3, 10, "at least 10 models instead of 3"),
        ("Largest request", "MB", 12, 4, "largest request 4 MB or less instead of 12 MB"),
        ("Share", "%", 5, 10, "share 10% or more instead of 5%"),
        ("Subnets", "subnets", None, 16, "16 subnets"),
    ],
)
def test_a_proposed_number_says_what_it_counts_once(
    label: str, unit: str, before: float | None, after: float, text: str
) -> None:
    known_field = field_of(label, unit)
    was = None if before is None else at(before)
    assert proposed(known_field, was, at(after)) + replaced(known_field, was) == text


def test_a_proposed_bound_is_said_in_words() -> None:
    over = Interval(10, float("inf"), lo_open=True)
    assert proposed(field_of("Runs to compare", "runs"), at(3), over) == "over 10 runs to compare"
    assert proposed(field_of("Training data", "GB"), None, over) == "training data over 10 GB"
    under = Interval(1, 2, hi_open=True)
    assert proposed(field_of("Number of containers", "containers"), at(3), under) == "1 container"


def test_what_is_counted_is_worked_out_as_a_whole_number() -> None:
    answers = {"requests": "50/day", "duration": "1 s"}
    (item,) = verdict_on("inference", answers)["derived"]
    assert item["answer"] == "1 concurrent invocation"


@pytest.mark.parametrize(
    ("share", "duration"), [("20%", "50 min"), ("30%", "40 min"), ("5%", "3.33 h")]
)
def test_a_duration_that_follows_has_few_digits_in_the_unit_that_it_is_said_in(
    share: str, duration: str
) -> None:
    answers = {"shift": "steps", "first_share": share, "bake": "10 min"}
    assert verdict_on("rollout", answers)["derived"][0]["answer"] == duration


def test_what_is_asked_for_names_the_wish_and_not_the_word_yes() -> None:
    fields = known().fields
    assert asked(fields["vpc"], "yes") == fields["vpc"].label
    assert asked(fields["vpc"], "no") == f"{fields['vpc'].label}: No"
    assert asked(fields["subnets"], at(20)) == "20 subnets"
    assert asked(fields["payload"], at(12)) == f"{fields['payload'].label}: 12 MB"


def test_too_many_of_a_count_and_too_much_of_a_measure() -> None:
    assert too_many(field_of("Subnets", "subnets"), at(1)) == "1 subnet too many"
    assert too_many(field_of("Largest request", "MB"), at(2)) == "largest request over by 2 MB"


@pytest.mark.parametrize(
    "key", sorted(k for k, f in known().fields.items() if f.kind == "quantity")
)
def test_no_sentence_says_the_unit_of_a_question_twice(key: str) -> None:
    field = known().fields[key]
    read = read_value(field, key, field.example or "3")
    assert not isinstance(read, Problem)
    told = [asked(field, read), proposed(field, at(9), read) + replaced(field, at(9))]
    unit = field.unit or ""
    if counts(unit):
        assert all(text.lower().count(unit) <= 1 for text in told), told
    assert not [text for text in told if any(sign in text for sign in "<>")]


def test_the_way_back_is_one_sentence_on_the_page() -> None:
    found: dict[str, Any] = verdict_on("security", {"vpc": "yes", "subnets": "20"})
    assert back(found["rejected"][0]["flip"]) == "Would be recommended with at most 16 subnets."
    assert found["sentence"].endswith("Nearest: VPC mode, with 4 subnets too many.")
    assert "(Own VPC; 20 subnets)" in found["sentence"]
