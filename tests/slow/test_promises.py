"""What reading a text promises: nothing is hidden, invented or lost, and asides change nothing."""

from collections.abc import Mapping
from itertools import product
from typing import Any

import pytest

from checker.knowledge.answers import plain_answer
from checker.session import Session
from checker.text.nearby import language_of
from checker.text.numbers import is_amount
from checker.text.statements import Parsed
from macros.training.corpus import examples
from tests import scoring
from tests.serving import ROOT
from tests.support import asked, known, session

CASES = [case for case in scoring.cases() if case["text"].strip()]
IDS = [case["id"] for case in CASES]
SOME = CASES[::6]
# Of the examples every so many is read, which needs a second or two.
EVERY = 60

AMOUNTS = (
    "6 MB", "half a gigabyte", "3.5 TB", "900 KiB", "250 ms", "a quarter of an hour", "90 minutes",
    "half a second", "two or three minutes", "three more years", "six weeks", "40 calls per second",
    "twice a day", "every ten minutes", "200 requests an hour", "12 %", "a tenth of the traffic",
    "eight percentage points", "$300", "40 EUR a month", "1.5 million rows", "twenty-five models",
    "16 nodes", "seven subnets", "several thousand records", "a dozen containers",
)  # fmt: skip
SENTENCES = (
    "Our endpoint: {}, and users wait for the answer.",
    "The model needs {} for each request.",
    "We train it again and that is {} every time.",
    "{} is what the team told us about the rollout.",
)


def _text(case: Mapping[str, Any]) -> str:
    text = str(case["text"]).rstrip()
    return text if text[-1] in ".?!" else f"{text}."


def _gist(reply: Mapping[str, Any]) -> tuple[Any, ...]:
    return reply["area"], reply["state"], reply["recommend"][:1]


def _hidden(one: Session, text: str) -> list[str]:
    """The amounts of a text that a reply does not show; what is said twice counts once."""
    reply, parsed = one.ask(text), one.reader.parse(text)
    assert isinstance(parsed, Parsed)
    shown = (*reply["read"], *reply["elsewhere"], *reply["unplaced"])
    quotes = {item["quote"] for item in shown}
    places = {item["at"] for item in shown}
    amounts = [number for number in parsed.numbers if is_amount(number, parsed.tokens)]
    seen = {
        (number.quantity.interval, number.quantity.unit)
        for number in amounts
        if number.quantity.start in places or number.quote in quotes
    }
    return [n.quote for n in amounts if (n.quantity.interval, n.quantity.unit) not in seen]


@pytest.mark.parametrize("sentence", SENTENCES)
def test_an_amount_is_read_or_shown_as_unplaced(sentence: str) -> None:
    texts = [sentence.format(amount) for amount in AMOUNTS]
    pairs = [f"{one} {two}" for one, two in product(texts[::5], texts[::7])]
    assert {text: hidden for text in (*texts, *pairs) if (hidden := _hidden(session(), text))} == {}


def test_no_amount_of_an_example_is_hidden() -> None:
    read = [item.text for item in examples(ROOT / "docs")][::EVERY]
    assert {text: hidden for text in read if (hidden := _hidden(session(), text))} == {}


def test_no_english_example_is_mistaken_for_another_language() -> None:
    texts = [item.text for item in examples(ROOT / "docs")]
    assert [text for text in texts if language_of(text) and "flurb" not in text] == []


ASIDES = (
    " Our office has 14 people.",
    " The weather is nice today.",
    " The company was founded in 1987.",
)


@pytest.mark.parametrize("case", SOME, ids=lambda case: case["id"])
def test_an_aside_changes_nothing(case: Mapping[str, Any]) -> None:
    plain = _gist(asked(_text(case)))
    for aside in ASIDES:
        assert _gist(session().ask(_text(case) + aside)) == plain, aside


@pytest.mark.parametrize("case", SOME, ids=lambda case: case["id"])
def test_a_text_said_twice_says_the_same(case: Mapping[str, Any]) -> None:
    text = _text(case)
    assert _gist(session().ask(f"{text} {text}")) == _gist(asked(text))


@pytest.mark.parametrize("number", [" The meeting lasts 25 minutes.", " Lunch takes 40 minutes."])
def test_a_number_of_something_else_changes_nothing_or_asks(number: str) -> None:
    for case in SOME:
        plain, more = asked(_text(case)), session().ask(_text(case) + number)
        assert _gist(more) == _gist(plain) or more["state"] != "decided", case["id"]


NEEDS = (
    ("The container must run in our own VPC.", "It has to be attached to our own VPC.", "vpc"),
    ("The model needs a GPU.", "Without a GPU it is far too slow.", "accelerator"),
    ("We pay nothing while idle.", "No idle bill, please.", "idle_free"),
)


@pytest.mark.parametrize(("one", "other", "field"), NEEDS, ids=[need[2] for need in NEEDS])
def test_a_need_said_twice_is_read_as_said_once(one: str, other: str, field: str) -> None:
    text = "A few calls per hour on an endpoint, users wait for the answer."
    read = [
        {item["field"]: item["value"] for item in session().ask(f"{text} {more}")["read"]}.get(
            field
        )
        for more in (one, f"{one} {other}", f"{other} {one}")
    ]
    assert read[0] is not None
    assert set(read) == {read[0]}


@pytest.mark.parametrize("case", CASES, ids=IDS)
def test_a_sentence_alone_says_what_its_quote_was_read_as(case: Mapping[str, Any]) -> None:
    reply, parsed = asked(case["text"]), session().reader.parse(case["text"])
    for item in reply["read"]:
        assert isinstance(parsed, Parsed)
        home = next(token.sentence for token in parsed.tokens if token.end > item["at"])
        own = [token for token in parsed.tokens if token.sentence == home]
        alone = session().reader.parse(parsed.text[own[0].start : own[-1].end])
        assert isinstance(alone, Parsed)
        found = session().reader.read(alone, reply["area"])
        field = known().fields[item["field"]]
        loose = (meaning for number in found.unplaced for meaning in number.meanings)
        said = {
            plain_answer(field, one.answer)
            for one in (*found.statements, *found.possible, *loose)
            if one.field == item["field"]
        }
        assert item["value"] in said, item["quote"]


@pytest.mark.parametrize("case", scoring.cases(), ids=lambda case: case["id"])
def test_also_names_only_options_that_a_rule_speaks_for(case: Mapping[str, Any]) -> None:
    reply = asked(case["text"])
    rejected = {item["option"] for item in reply["rejected"]}
    assert not rejected & set(reply["also"])
    assert not set(reply["recommend"]) & set(reply["also"])
    if reply["verdict"]:
        unclear = {item["option"] for item in reply["verdict"]["unclear"]}
        assert not unclear & set(reply["also"])
