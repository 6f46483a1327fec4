"""The text reader: amounts, what they belong to, negation, subjects, and text that is none."""

import time
from dataclasses import replace

import pytest

from checker.knowledge.model import Term
from checker.knowledge.references import measure
from checker.problems import Problem
from checker.session import Session
from checker.text.numbers import find_amounts
from checker.text.phrases import build_index, find_phrases, parse_phrase
from checker.text.statements import MOST_CHARACTERS, Reader, Reading, plain_answers
from checker.text.tokens import clean, stem, tokenize
from tests.support import known, session

AMOUNTS = {
    "6 MB": (6, 6, "MB"),
    "6MB": (6, 6, "MB"),
    "500 kilobytes": (0.5, 0.5, "MB"),
    "1 MiB": (1.048576, 1.048576, "MB"),
    "2.5 gigs": (2500, 2500, "MB"),
    "2-6 MB": (2, 6, "MB"),
    "2 to 6 MB": (2, 6, "MB"),
    "between 200 and 400 ms": (0.2, 0.4, "s"),
    "80 ms": (0.08, 0.08, "s"),
    "half an hour": (1800, 1800, "s"),
    "forty seconds": (40, 40, "s"),
    "40 requests per second": (144000, 144000, "/h"),
    "500 rps": (1800000, 1800000, "/h"),
    "3 requests a day": (0.125, 0.125, "/h"),
    "twice a day": (1 / 12, 1 / 12, "/h"),
    "every week": (1 / 168, 1 / 168, "/h"),
    "every 6 hours": (1 / 6, 1 / 6, "/h"),
    "10M records": (1e7, 1e7, None),
    "1,200,000 rows": (1.2e6, 1.2e6, None),
    "80%": (80, 80, "%"),
    "80 per cent": (80, 80, "%"),
    "under 4 MB": (0, 4, "MB"),
    "at most 60 s": (0, 60, "s"),
    "no more than 60 seconds": (0, 60, "s"),
    "over 30 MB": (30, float("inf"), "MB"),
    "30+ MB": (30, float("inf"), "MB"),
    "more than 2 minutes": (120, float("inf"), "s"),
    "around 45 s": (45, 45, "s"),
    "$4,500": None,
    "the over-60s": None,
    "version 5": None,
    "cutover 100%": (100, 100, "%"),
    "step -> 50%": (50, 50, "%"),
    "two years": (63072000, 63072000, "s"),
    "3 quarters": (23328000, 23328000, "s"),
}


@pytest.mark.parametrize(("text", "expected"), AMOUNTS.items(), ids=list(AMOUNTS))
def test_an_amount_is_read_with_its_unit_and_bounds(
    text: str, expected: tuple[float, float, str | None] | None
) -> None:
    found = find_amounts(clean(text).lower())
    if expected is None:
        assert found == []
        return
    (amount,) = found
    shown = (amount.interval.lo, amount.interval.hi, amount.unit)
    assert shown == (pytest.approx(expected[0]), pytest.approx(expected[1]), expected[2])


STEMS = [
    ("requests", "requested"), ("monitoring", "monitors"), ("batches", "batch"),
    ("deploy", "deployed"), ("policies", "policy"), ("running", "runs"), ("stored", "stores"),
]  # fmt: skip


@pytest.mark.parametrize(("one", "other"), STEMS)
def test_endings_do_not_matter(one: str, other: str) -> None:
    assert stem(one) == stem(other)


PHRASES = [
    ("request|call per? day", "one call day", True),
    ("request|call per? day", "calls per day", True),
    ("request|call per? day", "calls per week", False),
    ("p95|p99 latency", "our p99 latency", True),
    ("p95|p99 latency", "our p50 latency", False),
    ("near real-time|live", "near real time", True),
    ("near real-time|live", "near live", True),
    ("real time", "real-time", True),
    ("wait ... answer", "wait for the answer", True),
    ("wait ... answer", "wait. There is an answer", False),
    ("s3-bucket? policy", "the policy", True),
    ("s3-bucket? policy", "an S3 bucket policy", True),
]


@pytest.mark.parametrize(("phrase", "text", "there"), PHRASES)
def test_a_phrase_is_found_where_its_words_stand(phrase: str, text: str, there: bool) -> None:
    index = build_index({"x": Term(phrases=(phrase,), decision="inference")})
    assert bool(find_phrases(tokenize(clean(text)), index)) is there


def test_every_phrase_of_the_lexicon_can_be_found() -> None:
    """A phrase without a step, or with an empty alternative, is one that nothing ever matches."""
    empty = [
        (name, phrase)
        for name, term in known().lexicon.items()
        for phrase in term.phrases
        if not (rows := parse_phrase(phrase))
        or any(not row or not all(step.words for step in row) for row in rows)
    ]
    assert empty == []


@pytest.mark.parametrize("parted", ["double capacity is ok / no outage", "a list\nno outage"])
def test_lines_and_strokes_part_statements(parted: str) -> None:
    tokens = tokenize(clean(parted))
    at = next(token for token in tokens if token.text == "no")
    assert at.sentence > tokens[0].sentence
    assert len({token.sentence for token in tokenize(clean("warm and/or cold"))}) == 1


def test_a_no_behind_the_words_ends_a_list_entry() -> None:
    assert read("Training: interruptible yes, checkpoints no").answers["checkpoints"] == "no"
    assert read("Training: interruptible yes, checkpoints yes").answers["checkpoints"] == "yes"


def test_words_of_one_decisions_question_answer_it_only_there() -> None:
    each = "{} Each model has to answer before noon."
    on_rollout = read(each.format("A shadow test discards the answers of the new version."))
    assert "models" not in on_rollout.answers
    on_endpoints = read(each.format("One endpoint hosts forty models of one framework."))
    assert on_endpoints.answers["models"] == "many"


def test_a_number_that_no_answer_can_be_is_listed_and_not_read() -> None:
    found = read("How many models fit on the endpoint? Ours is a tier 0 model on one endpoint.")
    assert "model_count" not in found.answers
    assert found.unread == ("0",)


def read(text: str) -> Reading:
    found = Reader(known()).read(text)
    assert isinstance(found, Reading)
    return found


SAID = {
    "the payload is 6 MB": {"payload": "6 MB"},
    "responses of 7 MB": {"response": "7 MB"},
    "a 4 GB model artifact, requests of 2 KB": {"payload": "2 KB"},
    "real-time inference with a p95 latency of 100 ms": {"latency": "100 ms"},
    "each inference takes 10 minutes": {"duration": "10 min"},
    "an endpoint: 3.5 MB, 45 s": {"payload": "3.5 MB", "duration": "45 s"},
    "inference without a GPU": {"accelerator": "none"},
    "traffic is intermittent": {"traffic": "intermittent"},
}


@pytest.mark.parametrize(("text", "expected"), SAID.items(), ids=list(SAID))
def test_a_number_or_word_goes_to_the_question_it_belongs_to(
    text: str, expected: dict[str, str]
) -> None:
    answers = plain_answers(known(), read(text))
    assert {name: answers.get(name) for name in expected} == expected


def test_an_artifacts_size_is_named_as_left_out() -> None:
    reading = read("the model artifact has 4 GB and each request 2 KB")
    assert reading.ignored == (("4 GB", "the model artifact, not the request"),)


def test_a_number_that_nothing_was_made_of_is_listed() -> None:
    assert "37" in read("travellers at gate 37 of the airport want answers in real time").unread


@pytest.mark.parametrize(
    ("text", "answered"),
    [
        ("Should we train our model from scratch or update the existing one?", False),
        ("We train our model from scratch. Should we?", True),
        ("We train our model from scratch or nearly so.", True),
    ],
)
def test_a_question_between_alternatives_states_neither(text: str, answered: bool) -> None:
    assert ("retrain_goal" in plain_answers(known(), read(text))) == answered


def test_quotes_are_the_words_of_the_text() -> None:
    text = "Requests of around 3.5 MB — a few “times” a day, and GPUs are not needed."
    for item in read(text).reads:
        assert item.quote in clean(text)


def test_repeated_words_speak_once() -> None:
    one = read("Which monitor? Payload of 6 MB on an endpoint.")
    many = read("Which monitor? " + "Payload of 6 MB on an endpoint. " * 5)
    assert one.areas == many.areas


def test_two_statements_on_one_question_are_a_conflict_that_quotes_both() -> None:
    answer = session().ask("Traffic to the endpoint is steady, traffic to the endpoint is sporadic")
    (conflict,) = answer["conflicts"]
    assert conflict["field"] == "traffic"
    assert len(conflict["quotes"]) == 2
    assert "conflict" in answer["flags"]


OFF = {
    "off topic": "What is the best recipe for lasagne?",
    "another language": "¿Dónde está la biblioteca? 图书馆在哪里",
    "emoji and words": "🎉🎉 happy birthday 🎂",
    "markup": "<b>hello</b> & <i>goodbye</i>",
}


@pytest.mark.parametrize("text", OFF.values(), ids=list(OFF))
def test_text_about_something_else_is_out_of_scope(text: str) -> None:
    answer = session().ask(text)
    assert (answer["state"], answer["recommend"]) == ("out-of-scope", [])


NOTHING = {
    "empty": "", "spaces": "  \n\t ", "numbers": "12 34 56", "marks": "?!?! ...", "emoji": "🎉🎂",
    "control characters": "\x00\x01\x02\x1b[31",
}  # fmt: skip


@pytest.mark.parametrize("text", NOTHING.values(), ids=list(NOTHING))
def test_text_without_words_is_told_so(text: str) -> None:
    found = Reader(known()).read(text)
    assert isinstance(found, Problem)
    assert found.code == "R002"


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
    Session(known()).reader.read("warm")
    begun = time.process_time()
    answer = session().ask(text)
    assert time.process_time() - begun < 1.0
    assert answer["problems"] or answer["state"]


def test_a_text_too_long_names_the_length_and_the_limit() -> None:
    (problem,) = session().ask("x" * 1_000_000)["problems"]
    assert "1,000,000" in problem["message"]
    assert f"{MOST_CHARACTERS:,}" in problem["hint"]


def test_an_option_of_another_decision_that_the_text_names_can_clash() -> None:
    asked = "Which trigger starts retraining on data drift against the baseline of captured inputs?"
    for named, clash in (("The model runs on serverless inference. ", True), ("", False)):
        answer = session().ask(named + asked)
        assert answer["area"] == "retraining-trigger", answer["areas"]
        assert bool(answer["verdict"]["clashes"]) is clash
        assert ("conflict" in answer["flags"]) is clash


@pytest.mark.parametrize(
    ("wish", "beyond", "state"),
    [
        ("Only a canary is acceptable, with", 20, "nothing-fits"),
        ("Only a canary is acceptable, with", -20, "decided"),
        ("We like a canary, with", 20, "decided"),
    ],
    ids=["only-and-over", "only-and-within", "no-insisting"],
)
def test_a_text_that_takes_nothing_but_what_it_names_gets_that_or_nothing(
    wish: str, beyond: int, state: str
) -> None:
    limit, unit = measure("rollout.canary_size", known())
    share = f"{float(limit) + beyond:g} {unit}"
    text = f"We replace a model on an endpoint. {wish} a first step of {share} of the traffic."
    answer = session().ask(text)
    assert (answer["area"], answer["state"]) == ("rollout", state)
    assert [o["option"] for o in answer["only"]] == (["canary"] if "Only" in wish else [])
    if state == "nothing-fits":
        assert answer["recommend"] == []
        assert answer["verdict"]["recommend"]
        assert "limit-exceeded" in answer["flags"]
        assert answer["only"][0]["rejected"]
    elif answer["only"]:
        assert answer["recommend"] == ["canary"]
        assert answer["only"][0]["rejected"] is None


def test_of_two_readings_of_the_same_words_the_one_that_names_more_of_them_counts() -> None:
    fields = {"labels": "later", "watch": "inputs"}
    lexicon = {
        "near": Term(phrases=("labels ... day",), field="labels", value="now"),
        "far": Term(phrases=("labels arrive next day",), field="labels", value="later"),
        "other": Term(phrases=("labels ... day",), field="watch", value="inputs"),
    }
    reader = Reader(replace(known(), lexicon={**lexicon, "domain": known().lexicon["domain"]}))
    reading = reader.read("The labels arrive next day.")
    assert isinstance(reading, Reading)
    assert {r.field: r.answer for r in reading.reads} == fields
    assert reading.conflicts == ()


def test_how_many_types_there_are_does_not_say_how_many_one_test_compares() -> None:
    many = session().ask(
        "We can't choose among forty instance types for the new summariser. Is there something that"
        " runs load tests and tells us which is best?"
    )
    assert many["recommend"] == ["inference-recommender"]
    one = session().ask("One load test has to compare 30 endpoint configurations.")
    assert "inference-recommender" in {other["option"] for other in one["rejected"]}


def test_a_second_subject_is_heard_though_most_words_are_about_the_first() -> None:
    answer = session().ask(
        "Users wait for answers of a 2 MB request all day; we must also know when the inputs drift"
        " away from the baseline, in an account that is new."
    )
    assert {"inference", "monitoring"} <= {*answer["areas"]}
    without_words = Session(replace(known(), subjects={}, alone={}, leanings={}))
    assert "monitoring" in without_words.ask("Inputs may drift away from the baseline.")["areas"]


@pytest.mark.parametrize(
    "text", ["at 20:00 and 21:30", "by 6 am", "9 o'clock", "24 hours a day", "7 days a week"]
)
def test_times_of_the_day_and_whole_days_are_no_amounts(text: str) -> None:
    assert find_amounts(text) == []


def test_hours_in_a_day_are_an_amount() -> None:
    assert [amount.unit for amount in find_amounts("3 hours a day")] == ["s"]


@pytest.mark.parametrize("behind", ["required", "possible", "available", "acceptable"])
def test_a_negation_behind_the_words_negates_them(behind: str) -> None:
    said = {r.field: r.answer for r in read(f"Model inference. A second fleet is {behind}.").reads}
    denied = read(f"Model inference. A second fleet is not {behind}.").reads
    assert {r.field: r.answer for r in denied}.get("second_fleet") == "no"
    assert said.get("second_fleet") != "no"
