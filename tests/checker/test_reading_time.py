"""Reading needs time in proportion to a text's length, whatever the text is made of."""

import time
from itertools import count, cycle

import pytest

from checker.text.placing import MOST_NUMBERS
from checker.text.statements import MOST_CHARACTERS
from macros.files import DOCS
from macros.training.corpus import examples
from tests.support import session

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
    assert shown["0.5 MB"] == ["payload"]
