"""What words lean to suggests answers, as guesses, and never beats what a text states."""

from dataclasses import replace

import pytest

from checker.knowledge.model import Leaning
from checker.session import Session
from checker.text.leanings import LEAD, Lean, lean, suggested
from checker.text.statements import Read, Reading
from checker.text.subjects import FIT, STEPS, best_fits, subjects_of
from checker.text.tokens import tokenize
from macros.training.learning import FEW, Taught, learn, own_words, usual_answers
from tests.support import known, session

TEXT = "The owls hoot at night. Retraining is wanted once the population strays from its reference."


def taught(*texts: tuple[str, str, int]) -> Session:
    """A session that knows these texts on retraining triggers, each so many times over."""
    learned = [
        Taught(f"{text} {'x' * time}", "retraining-trigger", option)
        for text, option, times in texts
        for time in range(times)
    ]
    return Session(learn(known(), learned))


def test_words_lean_to_the_option_of_the_texts_that_they_stood_in() -> None:
    owls = taught(("owls hoot", "drift-trigger", FEW), ("dogs bark", "scheduled-trigger", FEW))
    found = lean(owls.knowledge, "retraining-trigger", TEXT)
    assert found is not None
    assert (found.option, found.quote) == ("drift-trigger", "owls hoot")
    assert found.lead > LEAD["narrowed"]


def test_a_word_that_was_met_once_leans_as_the_text_that_it_stood_in() -> None:
    often = [
        Taught(f"owls hoot {time}", "retraining-trigger", option)
        for option in ("drift-trigger", "scheduled-trigger")
        for time in range(FEW)
    ]
    once = Taught("owls hoot near the estuary", "retraining-trigger", "drift-trigger")
    owls = Session(learn(known(), [*own_words(known()), *often, once]))
    assert "estuari" in owls.knowledge.leanings["retraining-trigger"].once["drift-trigger"]
    found = lean(owls.knowledge, "retraining-trigger", "The estuary is wide")
    assert found is not None
    assert (found.option, found.quote) == ("drift-trigger", "The estuary")
    row = subjects_of(owls.knowledge)["estuari"]
    assert list(known().decisions)[row.index(max(row))] == "retraining-trigger"


def test_an_option_with_few_texts_is_none_to_lean_to() -> None:
    owls = taught(("owls hoot", "drift-trigger", FEW - 1), ("dogs bark", "scheduled-trigger", FEW))
    assert lean(owls.knowledge, "retraining-trigger", TEXT) is None


@pytest.mark.parametrize("text", ["", "zebra quagga", "12 34"])
def test_unknown_words_lean_to_nothing(text: str) -> None:
    assert lean(known(), "retraining-trigger", text) is None


def test_the_answers_that_go_along_with_an_option_are_choices_of_its_decision() -> None:
    usual = usual_answers(known())
    assert usual["drift-trigger"][0] == ("signal", "drift")
    for option, pairs in usual.items():
        decision = known().decisions[known().options[option].decision]
        for name, value in pairs:
            assert name in decision.fields
            assert value in known().fields[name].values


def suggestion(option: str, *reads: Read, lead: float = 99.0) -> Reading | None:
    rules = session().ruleset("retraining-trigger")
    return suggested(known(), rules, Reading({}, reads), Lean(option, lead, "owls hoot"))


def test_a_lean_adds_the_fewest_answers_as_guesses_with_the_words_it_rests_on() -> None:
    found = suggestion("drift-trigger")
    assert found is not None
    assert found.reads == (Read("signal", "drift", "owls hoot", guess=True),)


def test_a_guess_gives_way_to_a_lean_and_a_statement_that_rules_it_out_does_not() -> None:
    guessed = Read("signal", "calendar", "monthly", guess=True)
    found = suggestion("drift-trigger", guessed)
    assert found is not None
    assert guessed not in found.reads
    never = Read("labels", "never", "no labels")
    assert suggestion("performance-trigger", never) is None


TEXTS = [s.text for s in known().scenarios.values()][::7]


@pytest.mark.parametrize("text", TEXTS)
def test_no_text_ends_in_an_option_that_its_answers_rule_out(text: str) -> None:
    answer = session().ask(text)
    out = {other["option"] for other in answer["rejected"]}
    assert not out & set(answer["recommend"])
    stated = {read["field"] for read in answer["read"] if not read["guess"]}
    assert len(stated) == len([read for read in answer["read"] if not read["guess"]])
    for read in answer["read"]:
        assert read["quote"]


def test_without_leanings_texts_are_read_by_the_lexicon_alone() -> None:
    bare = Session(replace(known(), leanings={}))
    assert bare.ask("Retrain on the first of every month")["recommend"] == ["scheduled-trigger"]


def test_leanings_that_know_one_option_compare_nothing() -> None:
    one = Leaning(("drift-trigger",), {"owl": (20,)}, {})
    assert (
        lean(replace(known(), leanings={"retraining-trigger": one}), "retraining-trigger", "owl")
        is None
    )


WISH = "start once measured accuracy falls under 90 percent. Labels are never available."


@pytest.mark.parametrize("insists", [True, False])
def test_who_takes_nothing_but_what_is_ruled_out_is_told_so(insists: bool) -> None:
    # What the texts taught about insisting is left out: it is the words that tell here.
    text = f"Retraining should {'exclusively ' if insists else ''}{WISH}"
    answer = Session(replace(known(), demands={})).ask(text)
    assert (answer["state"] == "nothing-fits") == insists
    assert [item["option"] for item in answer["only"]] == ["performance-trigger"] * insists
    assert all(item["rejected"] for item in answer["only"])


def test_words_that_fit_an_option_well_speak_for_its_decision() -> None:
    fitting = {
        "rollout": Leaning(("canary", "linear"), {"owl": (40, -40), "moor": (10, -5)}, {}),
        "monitoring": Leaning(("clarify", "data-quality-monitor"), {"owl": (20, 20)}, {}),
    }
    owls = replace(known(), leanings=fitting)
    tokens = tokenize("an owl on the moor")
    assert best_fits(owls, tokens) == {"rollout": FIT / STEPS * 50, "monitoring": FIT / STEPS * 20}
    # Where the lexicon has heard both, that settles which of them comes first.
    text = "A canary for the baseline of an owl: an endpoint, monitored."
    areas = {
        name: Session(replace(owls, subjects={}, alone={}, leanings=taught)).ask(text)["areas"]
        for name, taught in (
            ("rollout", {"rollout": Leaning(("canary", "linear"), {"owl": (400, 0)}, {})}),
            ("monitoring", {"monitoring": Leaning(("clarify", "x"), {"owl": (400, 0)}, {})}),
        )
    }
    assert {name: found[0] for name, found in areas.items()} == {n: n for n in areas}
