"""The ranking: probabilities over every option and three states, and the words behind them."""

import pytest

from checker.text.ranking import ASK_FOR_MORE, STATES, Ranker
from tests.support import known

MODEL = {
    "labels": [
        ["canary", "rollout"],
        ["linear", "rollout"],
        ["spot", "cost"],
        [ASK_FOR_MORE, None],
    ],
    "bias": [-1, -1, -1, -1],
    "step": 0.5,
    "words": "alarm\nsam\nsam step\nspot",
    "where": "()\n()\n)\n*",
    "weights": "TL\nLT\nZ\nZ",
}
TEXTS = {
    "Ten percent of the traffic first, an alarm watches, then all the rest at once.": "canary",
    "Two million rows are scored each night, and the results go into a bucket.": "batch-transform",
    "Which groups does the model treat worse? A report on bias, by gender.": "clarify",
}


@pytest.fixture(scope="module")
def ranker() -> Ranker:
    return Ranker(known().ranking)


def test_weights_and_bias_add_up_to_shares_of_one() -> None:
    ranking = Ranker(MODEL).rank("The same steps, each by an alarm.")
    assert [label for label, _ in ranking.labels][:2] == ["linear", "canary"]
    assert sum(chance for _, chance in ranking.labels) == pytest.approx(1)
    rollout = sum(chance for label, chance in ranking.labels if label in ("canary", "linear"))
    assert ranking.decisions["rollout"] == pytest.approx(rollout)


def test_evidence_is_what_weighs_most_for_the_first_label_in_the_texts_own_words() -> None:
    ranking = Ranker(MODEL).rank("The Same  steps, each by an alarm.")
    assert ranking.evidence == ("Same  steps",)


def test_a_text_without_words_asks_for_more() -> None:
    assert Ranker(MODEL).rank(" 12 ").labels == ((ASK_FOR_MORE, 1.0),)


def test_unknown_words_leave_what_the_model_thinks_of_any_text() -> None:
    chances = dict(Ranker(MODEL).rank("Quux frobnicates.").labels)
    assert len(set(chances.values())) == 1


def test_every_option_and_state_has_a_rank(ranker: Ranker) -> None:
    labels = {label for label, _ in ranker.rank("anything at all").labels}
    options = {*known().options, *STATES}
    assert labels == options, f"`make train` gives a rank to {sorted(options - labels)}"


@pytest.mark.parametrize(("text", "option"), TEXTS.items())
def test_a_plain_text_ranks_its_option_first(ranker: Ranker, text: str, option: str) -> None:
    ranking = ranker.rank(text)
    assert ranking.labels[0][0] == option
    assert next(iter(ranking.decisions)) == known().options[option].decision
    assert all(words in text for words in ranking.evidence)


def test_a_text_repeated_ranks_alike_and_the_same_each_time(ranker: Ranker) -> None:
    text = next(iter(TEXTS))
    assert ranker.rank(text) == ranker.rank(text)
    assert ranker.rank(f"{text} {text}").labels[0][0] == ranker.rank(text).labels[0][0]
