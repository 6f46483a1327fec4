"""Answers to questions: each bad one is named with its field, and no good one is lost."""

import pytest

from checker.formatting import format_measure
from checker.knowledge.answers import read_answers
from tests import support
from tests.quantities import QUANTITIES
from tests.support import exactly

ABSURD = ("-1", "under -1", "at most -1", "under 0", "-5--1", "nan", "1e999", "1e400/h")


@pytest.mark.parametrize("text", ABSURD)
@pytest.mark.parametrize("field", ["payload", "requests"])
def test_an_absurd_number_is_refused_and_the_field_named(field: str, text: str) -> None:
    answers, problems = read_answers(support.known(), {field: text})
    assert answers == {}
    assert [problem.where for problem in problems] == [field]


@pytest.mark.parametrize("field", QUANTITIES)
def test_a_number_beyond_the_fields_bounds_is_refused_with_the_bounds(field: str) -> None:
    record = support.known().fields[field]
    assert record.maximum is not None
    at_most, beyond = (f"{record.maximum * n} {record.unit}" for n in (1, 2))
    _, (problem,) = read_answers(support.known(), {field: beyond})
    assert problem.code == "A005"
    assert format_measure(record.maximum, record.unit) in problem.hint
    answers, problems = read_answers(support.known(), {field: at_most})
    assert (list(answers), problems) == ([field], [])


def test_one_bad_answer_does_not_lose_the_others() -> None:
    answers, problems = read_answers(
        support.known(), {"payload": "6 MB", "duration": "5 parsecs", "traffic": "steady"}
    )
    assert answers == {"payload": exactly(6), "traffic": "steady"}
    assert [problem.where for problem in problems] == ["duration"]


NOTHING = {"empty": "", "unknown": "unknown", "not sure": "Not sure", "mark": " ? ", "null": None}
NOTHING |= {"empty list": [], "list of nothing": ["", "not sure"]}


@pytest.mark.parametrize("value", NOTHING.values(), ids=NOTHING)
def test_not_sure_is_no_answer_and_no_problem(value: object) -> None:
    assert read_answers(support.known(), {"payload": value, "traffic": value}) == ({}, [])


TWICE = {
    "two sizes": ("payload", ["6 MB", "7 MB"], False),
    "the same size twice": ("payload", ["6 MB", "6 MB"], True),
    "a size and not sure": ("payload", ["6 MB", "not sure"], True),
    "two choices": ("traffic", ["steady", "peaks"], False),
}


@pytest.mark.parametrize(("field", "given_values", "fine"), TWICE.values(), ids=TWICE)
def test_two_values_for_one_field_are_refused_unless_they_agree(
    field: str, given_values: list[str], fine: bool
) -> None:
    answers, problems = read_answers(support.known(), {field: given_values})
    assert [p.code for p in problems] == ([] if fine else ["A002"])
    assert list(answers) == ([field] if fine else [])
    assert all(value in problem.message for problem in problems for value in given_values)


CHOICES = {
    "as listed": ("traffic", "steady", "steady"),
    "capitals": ("traffic", "Steady", "steady"),
    "spaces around": ("traffic", " steady ", "steady"),
    "space for a hyphen": ("labels", "at once", "at-once"),
    "underscore for a hyphen": ("labels", "at_once", "at-once"),
    "true is yes": ("vpc", True, "yes"),
    "false is no": ("vpc", False, "no"),
}


@pytest.mark.parametrize(("field", "value", "meant"), CHOICES.values(), ids=CHOICES)
def test_a_choice_is_read_however_it_is_written(field: str, value: object, meant: str) -> None:
    assert read_answers(support.known(), {field: value}) == ({field: meant}, [])


def test_an_unknown_choice_gets_the_nearest_one_as_a_hint() -> None:
    _, (problem,) = read_answers(support.known(), {"traffic": "stedy"})
    assert (problem.code, problem.where) == ("A003", "traffic")
    assert "'stedy'" in problem.message
    assert problem.hint == "did you mean steady?"


def test_an_unknown_field_gets_the_nearest_one_as_a_hint() -> None:
    _, (problem,) = read_answers(support.known(), {"trafic": "steady"})
    assert (problem.code, problem.where, problem.hint) == (
        "A001",
        "trafic",
        "did you mean traffic?",
    )
