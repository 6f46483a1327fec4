"""The text reader: what it states, what it asks, and texts that are none."""

import pytest

from checker.knowledge.model import Term
from checker.problems import Problem
from checker.text.phrases import build_index, find_phrases, parse_phrase
from checker.text.statements import MOST_CHARACTERS, Reader
from checker.text.tokens import clean, stem, tokenize
from tests.support import known, session

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
    index = build_index({"x": Term(phrases=(phrase,), field="caller", value="waits")})
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


SAID = {
    "The payload is 6 MB, users wait for the answer.": {"payload": "6 MB"},
    "Users wait. A 4 GB model artifact, requests of 2 KB.": {"payload": "2 KB"},
    "Users wait for the prediction, with a p95 latency of 100 ms.": {"latency": "100 ms"},
    "Each inference takes 10 minutes, results are picked up later.": {"duration": "10 min"},
    "In goes a 300 KB image, out comes a 7 MB mask.": {"payload": "300 KB", "response": "7 MB"},
    "Our model gets about 200 requests a day and users wait.": {"requests": "200/day"},
    "Users wait, up to 30 s is fine.": {"latency": "30 s"},
    "Users wait, and anything over 600 ms is too slow for them.": {"latency": "600 ms"},
    "Users wait. The container image weighs in at 13 GB, 2 MB go in.": {"payload": "2 MB"},
}


def test_one_each_is_no_count_of_models() -> None:
    read = session().ask("Twelve tenants with one XGBoost model each, in the same container.")[
        "read"
    ]
    assert [item for item in read if item["quote"] == "one"] == []


@pytest.mark.parametrize(("text", "expected"), SAID.items(), ids=list(SAID))
def test_a_number_goes_to_the_question_it_belongs_to(text: str, expected: dict[str, str]) -> None:
    read = {item["field"]: item["value"] for item in session().ask(text)["read"]}
    assert {name: read.get(name) for name in expected} == expected


@pytest.mark.parametrize(
    "text",
    [
        "We need a GPU, no idle GPU bill, a few calls per day.",
        "LLM on ml.g5.2xlarge, a few calls per day, first call may be slow.",
        "We have to move from serverless to something else because it has no GPU.",
    ],
)
def test_a_gpu_is_needed_whatever_else_is_denied_beside_it(text: str) -> None:
    assert {"accelerator": "gpu"} in [{i["field"]: i["value"]} for i in session().ask(text)["read"]]


def test_a_number_of_the_past_is_shown_and_answers_nothing() -> None:
    reply = session().ask("Each inference used to take 10 minutes, now 5 seconds. Users wait.")
    assert "10 minutes" in [item["quote"] for item in reply["unplaced"]]
    assert "10 minutes" not in [item["quote"] for item in reply["read"]]


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("Users wait for each answer. The model artifact has 4 GB.", "4 GB"),
        ("Users wait for each answer. Start-up takes 8 min.", "8 min"),
        ("Users wait for each answer. The budget is 300 EUR a month.", "300 EUR a month"),
    ],
)
def test_a_number_of_something_else_is_shown_and_answers_nothing(text: str, number: str) -> None:
    reply = session().ask(text)
    assert number in [item["quote"] for item in reply["unplaced"]]
    assert number not in [item["quote"] for item in reply["read"]]


PAIRS = [
    "Requests of 2 MB, sporadic, 3 seconds each, a cold start is fine, nothing paid while idle.",
    "Every night the job scores 3 million rows, results are files in S3.",
    "First 10 % of the traffic for an hour, an alarm rolls back by itself, then the rest.",
]


@pytest.mark.parametrize("text", PAIRS)
def test_a_clause_on_something_else_and_a_repeated_sentence_change_nothing(text: str) -> None:
    plain = session().ask(text)
    for more in (" " + text, " Our office has 14 people.", " The weather is nice today."):
        reply = session().ask(text + more)
        assert (reply["area"], reply["recommend"][:1]) == (plain["area"], plain["recommend"][:1])


def test_two_mentions_of_a_need_never_lose_it() -> None:
    text = "The container must run in our own VPC. A few calls per hour, no cost while idle."
    for more in ("", " It has to be attached to our own VPC.", " Serverless has no VPC setting."):
        assert "serverless-inference" not in session().ask(text + more)["recommend"], more


def test_a_confirmed_answer_goes_before_the_text_and_a_refused_number_is_gone() -> None:
    text = "Users wait for the answer to each request of 2 MB."
    reply = session().ask(text, {"payload": "30 MB"})
    assert reply["verdict"]["answers"]["payload"] == "30 MB"
    refused = session().ask(text, other=["2 MB"])
    assert "2 MB" not in [item["quote"] for item in (*refused["read"], *refused["unplaced"])]


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
def test_text_without_words_is_reported_so(text: str) -> None:
    found = Reader(known()).parse(text)
    assert isinstance(found, Problem)
    assert found.code == "R002"
    assert session().ask(text)["state"] == "ask-for-more"


def test_a_text_too_long_names_the_length_and_the_limit() -> None:
    (problem,) = session().ask("x" * 1_000_000)["problems"]
    assert "1,000,000" in problem["message"]
    assert f"{MOST_CHARACTERS:,}" in problem["hint"]


def test_a_reply_names_a_wish_that_its_recommendation_leaves_unmet() -> None:
    reply = session().ask(
        "Retrain when measured quality falls below a threshold, but ground truth labels never "
        "arrive. Live inputs are captured and a baseline exists."
    )
    assert (reply["state"], reply["recommend"]) == ("decided", ["drift-trigger"])
    assert "is not met" in reply["headline"]
