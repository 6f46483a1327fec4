"""What the ranking is trained on: examples by decision, and the lock of the trained model."""

import json
from collections import Counter
from dataclasses import replace
from pathlib import Path

import pytest

from checker.text.ranking import STATES
from macros.__main__ import _say_if_untrained
from macros.knowledge.examples import ELSEWHERE, decision_of
from macros.training.corpus import EXAMPLES, Example, corpus, digest, examples, lesson
from tests.serving import ROOT
from tests.support import known

DOCS = ROOT / "docs"
FILES = sorted((DOCS / EXAMPLES).glob("*.jsonl"))
KEYS = {"id", "text", "accept", "batch", "origin"}
LABELLED = {"answers", "other", "context", "unseen"}


def test_each_decision_has_a_file_of_examples() -> None:
    assert {decision_of(file) for file in FILES} == {*known().decisions, ELSEWHERE}


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.stem)
def test_an_example_says_what_is_right_where_it_comes_from_and_nothing_unknown(file: Path) -> None:
    for line in file.read_text(encoding="utf-8").splitlines():
        record = json.loads(line)
        assert record.keys() - LABELLED - KEYS in ({"option"}, {"state"}), record["id"]
        assert record["origin"].strip(), record["id"]
        best = record.get("option", record.get("state"))
        decision = known().options[best].decision if best in known().options else decision_of(file)
        assert decision == decision_of(file), record["id"]
        assert {*record["accept"]} <= {*known().options, *STATES}, record["id"]


def test_the_quotes_of_a_labelled_example_are_in_its_text() -> None:
    labelled = [item for item in examples(DOCS) if "answers" in item.record]
    assert labelled
    for item in labelled:
        quotes = [said["quote"] for said in item.record["answers"].values()]
        assert [quote for quote in quotes if quote not in item.text] == [], item.id
        assert item.record["answers"].keys() <= {*known().fields}


def test_no_model_learns_from_an_unseen_example() -> None:
    unseen = {item.id for item in examples(DOCS) if item.unseen}
    assert unseen
    assert unseen.isdisjoint(item.id for item in corpus(known(), DOCS))


def test_the_id_of_each_example_is_unique() -> None:
    counts = Counter(item.id for item in examples(DOCS))
    assert [name for name, count in counts.items() if count > 1] == []


def test_the_lock_follows_each_text_and_what_is_right_for_it() -> None:
    item = Example("a-1", "Spot or not?", "cost", ("spot-training",), "a")
    locks = {
        digest([item]),
        digest([replace(item, text="Spot?")]),
        digest([replace(item, labels=("on-demand-training",))]),
        digest([item, replace(item, id="a-2")]),
    }
    assert len(locks) == 4


def test_a_check_says_when_the_texts_are_newer_than_the_model(
    capsys: pytest.CaptureFixture[str],
) -> None:
    fresh = replace(
        known(),
        ranking={"trained_on": digest(corpus(known(), DOCS))},
        readings={"trained_on": digest(lesson(known(), DOCS))},
    )
    _say_if_untrained(fresh)
    assert capsys.readouterr().out == ""
    for name, file in (("ranking", "model"), ("readings", "readings")):
        _say_if_untrained(replace(fresh, **{name: {"trained_on": "another"}}))
        told = capsys.readouterr().out
        assert told.startswith(f"reading/{file}.json")
        assert told.count("make train") == 1
