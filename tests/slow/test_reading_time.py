"""Reading needs time in proportion to a text's length, whatever the text is made of."""

import time
from itertools import count, cycle

import pytest

from checker.knowledge.answers import read_answers
from checker.problems import Problem
from checker.quantities import find_quantities
from checker.text.placing import MOST_NUMBERS
from checker.text.statements import MOST_CHARACTERS
from checker.units import parse_quantity
from macros.files import DOCS
from macros.training.corpus import examples
from tests.support import known, session

# Four times the text needs less than so many times as long; squares would need sixteen times.
TIMES, GROWTH = 4, 8
# Less time than this is too little to compare.
LEAST = 0.005
SHAPES = {
    "prose": (f"{item.text} " for item in examples(DOCS)),
    "one sentence again and again": cycle(["Requests of 6 MB per second, not steady. "]),
    "numbers": cycle(["5 MB "]),
    "many kinds of numbers": cycle(["5s ", "6h ", "7% ", "8 a day ", "at most 2 GB "]),
    "sentences that differ": (f"Job {number} of a pipeline waits. " for number in count()),
    "punctuation": cycle([". ", ", ", "? ", "(a) ", "- "]),
    "one word": cycle(["a"]),
    "words that begin many phrases": cycle(["no ", "not ", "we ", "need ", "real ", "model "]),
    "nested markup": cycle(["<b>(["]),
}


@pytest.mark.parametrize("name", SHAPES)
def test_four_times_the_text_needs_about_four_times_as_long(name: str) -> None:
    long = ""
    while len(long) < MOST_CHARACTERS:
        long += next(SHAPES[name])
    long = f"{long[: MOST_CHARACTERS - 2]} a"
    session().ask(long)
    short = min(_seconds(long[: len(long) // TIMES]) for _ in range(3))
    assert min(_seconds(long) for _ in range(3)) < GROWTH * max(short, LEAST)


def _seconds(text: str) -> float:
    begun = time.process_time()
    session().ask(text)
    return time.process_time() - begun


def test_numbers_past_the_most_that_are_placed_are_shown_without_a_meaning() -> None:
    sizes = [f"a payload of {size / 100} MB" for size in range(1, MOST_NUMBERS + 20)]
    reply = session().ask(f"Real-time requests, each with {', '.join(sizes)}.")
    shown = {item["quote"]: item["fields"] for item in reply["unplaced"]}
    assert reply["read"]
    assert shown["1.1 MB"] == []
    assert shown["0.5 MB"][0] == "payload"


@pytest.mark.parametrize("piece", ["5 MB ", "~5 MB ", "6 am ", "no ", "a/b ", "1 MB-"])
def test_the_time_to_read_a_text_is_proportional_to_its_length(piece: str) -> None:
    def seconds(length: int) -> float:
        begun = time.process_time()
        session().ask((piece * length)[:length])
        return time.process_time() - begun

    # The best of two: another process may hold the core in one of them.
    short, long = (min(seconds(n) for _ in range(2)) for n in (1_000, 8_000))
    assert long < 20 * max(short, 0.01)


@pytest.mark.parametrize("piece", ["1 ", "9,999 mb per ", "five hundred and ", "((((", "every "])
def test_the_time_to_find_quantities_is_proportional_to_the_length(piece: str) -> None:
    def seconds(length: int) -> float:
        begun = time.process_time()
        find_quantities((piece * length)[:length])
        return time.process_time() - begun

    # The best of three: another process may hold the core in one of them.
    short, long = (min(seconds(n) for _ in range(3)) for n in (2_000, 20_000))
    assert long < 40 * max(short, 0.002)


HUGE = {
    "letters": "a" * 1_000_000,
    "digits": "1" * 1_000_000,
    "spaces inside": "1" + " " * 1_000_000 + "parsecs",
    "separators": "1" + ",111" * 250_000,
    "almost a separator": "1" + ",111" * 250_000 + ",1",
    "points": "1." * 500_000,
    "digits then letters": "1" * 500_000 + "x" * 500_000,
    "dashes": "1-" * 500_000,
    "range of long numbers": "1" * 400_000 + "-" + "2" * 400_000 + "!",
    "signs": "<" * 1_000_000,
    "words of a bound": "at most " * 125_000,
    "slashes": "5 " + "/" * 1_000_000,
    "newlines": "1\n" * 500_000,
}


@pytest.mark.parametrize("text", HUGE.values(), ids=HUGE)
def test_a_megabyte_of_text_is_refused_within_a_second(text: str) -> None:
    started = time.process_time()
    problem = parse_quantity(text, "/h", "requests")
    assert time.process_time() - started < 1
    assert isinstance(problem, Problem), problem
    assert len(str(problem)) < 300


@pytest.mark.parametrize("field", ["payload", "traffic", "no_such_field"])
def test_a_megabyte_as_an_answer_is_refused_within_a_second(field: str) -> None:
    started = time.process_time()
    _, problems = read_answers(known(), {field: "x" * 1_000_000, "y" * 1_000_000: "1"})
    assert time.process_time() - started < 1
    assert len(problems) == 2
    assert max(len(str(problem)) for problem in problems) < 600


HARD = {
    "a megabyte of one word": "endpoint " * 120_000,
    "the most that is read": ("Requests of 6 MB per second, not steady. " * 600)[:MOST_CHARACTERS],
    "one endless word": "a" * MOST_CHARACTERS,
    "digits": "1" * MOST_CHARACTERS + " MB payload",
    "brackets": "(" * (MOST_CHARACTERS - 20) + " endpoint",
    "control characters": "payload\x00of\x1b 6 MB\x7f in real time",
    "too large a number": "payload of 1e999 MB in real time",
    "not a number": "payload of NaN GB, infinity MB, -4 MB in real time",
}


@pytest.mark.parametrize("text", HARD.values(), ids=list(HARD))
def test_hard_text_ends_in_an_answer_or_a_message_within_a_second(text: str) -> None:
    session().ask("warm")
    begun = time.process_time()
    answer = session().ask(text)
    assert time.process_time() - begun < 1.0
    assert answer["problems"] or answer["state"]
