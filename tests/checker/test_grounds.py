"""What a verdict rests on: quantities that follow, doubts, and the answers that exclude all."""

from dataclasses import replace
from functools import cache
from typing import Any

import pytest

from checker.knowledge.model import Derived, Field, Knowledge, Rule
from checker.session import Session
from tests.support import known

LIMIT = "serverless.max_concurrency"
CONCURRENCY = Field(
    label="Requests at the same time",
    question="How many requests are computed at the same time?",
    hint="Requests a second times seconds.",
    kind="quantity",
    unit="concurrent invocations",
    derived=(Derived(product=("requests", "duration")),),
)
RULES = {
    "TST001": Rule(
        options=("serverless-inference",),
        strength="must",
        when={"busy": {"at_most": LIMIT}},
        reason="It computes up to {serverless.max_concurrency}.",
        fact=LIMIT,
    ),
    "TST002": Rule(
        options=("real-time-endpoint", "serverless-inference", "async-inference"),
        strength="need",
        when={"duration": {"at_most": "latency"}},
        reason="An answer is not there before it is computed.",
        judgement=True,
    ),
    "TST004": Rule(
        options=("serverless-inference",),
        strength="prefer",
        when={"caller": {"is": "waits"}},
        reason="Experience speaks for it.",
        judgement=True,
    ),
    "TST003": Rule(
        options=("serverless-inference",),
        strength="must",
        when={"any": ({"streaming": {"is": "no"}}, {"managed": {"is": "no"}})},
        reason="Nothing is documented, so test it.",
        doubt="undocumented",
        fact=LIMIT,
    ),
}


@cache
def with_rules(*names: str) -> Session:
    """A small decision of three options, with these rules and two preferences."""
    base = known()
    kept = {k: base.rules[k] for k in ("INF022", "INF042", "INF050")}
    options = ("real-time-endpoint", "serverless-inference", "async-inference")
    decision = replace(
        base.decisions["inference"],
        options=options,
        fields=(*base.decisions["inference"].fields, "busy"),
    )
    return Session(_small(base, decision, {**kept, **{name: RULES[name] for name in names}}))


def _small(base: Knowledge, decision: Any, rules: dict[str, Rule]) -> Knowledge:
    fields = {**base.fields, "busy": CONCURRENCY}
    return replace(base, decisions={"inference": decision}, rules=rules, fields=fields)


def verdict(session: Session, answers: dict[str, str], **marks: Any) -> dict[str, Any]:
    """One verdict on the small decision."""
    result = session.decide(["inference"], answers, **marks)
    assert result["problems"] == []
    return dict(result["verdicts"]["inference"])


UNEVEN = {"caller": "waits", "traffic": "intermittent"}
BUSY = {**UNEVEN, "requests": "1000000/h", "duration": "5 s"}


def test_requests_times_duration_are_held_against_a_limit_on_what_runs_at_a_time() -> None:
    found = verdict(with_rules("TST001"), BUSY)
    (out,) = (item for item in found["rejected"] if item["option"] == "serverless-inference")
    assert [reason["rule"] for reason in out["reasons"]] == ["TST001"]
    assert "limit-exceeded" in found["flags"]
    (few,) = verdict(with_rules("TST001"), {**BUSY, "requests": "1000/h"})["recommend"]
    assert few == "serverless-inference"


def test_a_bound_from_above_gives_way_to_what_a_person_states() -> None:
    asks = {"caller": "polls", "records": "10000", "payload": "1 MB"}
    bound = support_session().decide(["inference"], asks)["verdicts"]["inference"]
    assert [item["answer"] for item in bound["derived"]] == ["10 GB"]
    stated = support_session().decide(["inference"], {**asks, "total_size": "0.2 GB"})
    assert stated["verdicts"]["inference"]["derived"] == []


def test_what_was_worked_out_is_shown_as_derived_with_the_answers_it_follows_from() -> None:
    (item,) = verdict(with_rules("TST001"), BUSY)["derived"]
    assert item["answer"] == "1,390 concurrent invocations"
    assert item["formula"] == "1,000,000/h × 5 s"
    assert [said["field"] for said in item["from"]] == ["requests", "duration"]
    assert verdict(with_rules("TST001"), UNEVEN)["derived"] == []


def test_a_range_stays_a_range_and_leaves_open_what_it_straddles() -> None:
    found = verdict(with_rules("TST001"), {**BUSY, "requests": "1000-1000000/h"})
    assert "TST001" in [condition["rule"] for condition in found["conditions"]]


def test_a_number_stated_does_not_hide_what_follows_from_others() -> None:
    found = verdict(with_rules("TST001"), {**BUSY, "busy": "10"})
    assert "serverless-inference" in [item["option"] for item in found["rejected"]]


def test_the_way_back_from_a_derived_limit_is_an_answer_that_was_given() -> None:
    found = verdict(with_rules("TST001"), BUSY)
    (out,) = (item for item in found["rejected"] if item["option"] == "serverless-inference")
    (change,) = out["flip"]["changes"]
    assert change["field"] in ("requests", "duration")
    back = verdict(with_rules("TST001"), {**BUSY, change["field"]: change["to"]})
    assert "serverless-inference" in back["recommend"]


SOONER = {"caller": "waits", "latency": "10 s", "duration": "2 min"}


def test_an_answer_wanted_sooner_than_it_is_computed_leaves_nothing_and_names_both() -> None:
    found = verdict(with_rules("TST002"), SOONER)
    assert (found["state"], "conflict" in found["flags"]) == ("nothing-fits", True)
    assert [item["field"] for item in found["conflict"]] == ["duration", "latency"]
    for words in ("Compute time per request: 2 min", "Target latency: 10 s", "Nearest: "):
        assert words in found["sentence"]
    assert "meets all limits" not in found["sentence"]


@pytest.mark.parametrize("latency", ["2 min", "3 min"])
def test_an_answer_wanted_no_sooner_than_it_is_computed_is_no_conflict(latency: str) -> None:
    found = verdict(with_rules("TST002"), {**SOONER, "latency": latency})
    assert found["recommend"] == ["real-time-endpoint"]
    assert found["conflict"] == []


def test_limits_alone_are_called_limits() -> None:
    found = verdict(support_session(), {"duration": "720 h"})
    assert found["sentence"].startswith("No option meets all limits. Nearest: ")


def support_session() -> Session:
    """All that is known."""
    return Session(known())


def test_what_is_not_documented_is_flagged_and_never_certain() -> None:
    session = with_rules("TST003")
    found = verdict(session, {**UNEVEN, "streaming": "yes"})
    assert found["recommend"] == ["serverless-inference"]
    assert found["confidence"] not in ("certain", "judged")
    assert "undocumented" in found["flags"]
    assert [(d["kind"], d["rule"]) for d in found["doubts"]] == [("undocumented", "TST003")]
    asked = verdict(session, UNEVEN)
    assert ("undocumented" in asked["flags"], asked["doubts"]) == (False, [])


def test_a_guess_that_carries_a_verdict_makes_it_likely_at_most() -> None:
    answers = {"caller": "waits", "traffic": "intermittent"}
    sure = verdict(with_rules(), answers)
    guessed = verdict(with_rules(), answers, guessed=["traffic"])
    other = verdict(with_rules(), answers, guessed=["payload"])
    assert (sure["confidence"], guessed["confidence"]) == ("certain", "likely")
    assert [d["kind"] for d in guessed["doubts"]] == ["guess"]
    assert other == sure


def test_judgement_that_carries_a_verdict_is_called_judgement() -> None:
    session = with_rules()
    rules = dict(session.knowledge.rules)
    rules["INF050"] = replace(rules["INF050"], judgement=True)
    judged = verdict(Session(replace(session.knowledge, rules=rules)), UNEVEN)
    assert judged["confidence"] == "judged"
    assert [d["rules"] for d in judged["doubts"]] == [["INF050"]]


def test_judgement_beside_a_source_that_says_the_same_raises_no_doubt() -> None:
    found = verdict(with_rules("TST004"), UNEVEN)
    assert "TST004" in [reason["rule"] for reason in found["reasons"]]
    assert (found["confidence"], found["doubts"]) == ("certain", [])


def test_an_option_that_nothing_speaks_for_is_not_offered() -> None:
    found = verdict(with_rules(), {"traffic": "intermittent"})
    unclear = [item["option"] for item in found["unclear"]]
    assert unclear == ["async-inference", "real-time-endpoint"]
    assert found["also"] == []


@pytest.mark.parametrize(("said", "asked"), [({}, False), ({"latency": "10 s"}, True)])
def test_a_rule_of_all_options_is_no_condition_until_one_of_its_answers_is_given(
    said: dict[str, str], asked: bool
) -> None:
    found = verdict(with_rules("TST002"), {**UNEVEN, **said})
    assert ("TST002" in {reason["rule"] for reason in found["conditions"]}) is asked


def test_a_share_of_unknown_size_leaves_the_length_of_a_rollout_open_upwards() -> None:
    steps = {"rollout_goal": "replace", "shift": "steps", "first_share": "10%", "bake": "60 min"}
    found = Session(known()).decide(["rollout"], steps)["verdicts"]["rollout"]
    (rolling,) = (item for item in found["rejected"] if item["option"] == "rolling")
    changes = {change["field"] for change in rolling["flip"]["changes"]}
    assert changes == {"bake"}


@pytest.mark.parametrize(("weight", "sure"), [(1, "certain"), (2, "likely"), (3, "likely")])
def test_an_open_question_that_could_bring_another_option_level_makes_it_likely(
    weight: int, sure: str
) -> None:
    knowledge = with_rules().knowledge
    rules = dict(knowledge.rules)
    assert rules["INF050"].weight == 2
    rules["INF042"] = replace(rules["INF042"], weight=weight)
    found = verdict(Session(replace(knowledge, rules=rules)), {"traffic": "intermittent"})
    assert (found["recommend"], found["confidence"]) == (["serverless-inference"], sure)


def test_one_answer_that_excludes_all_is_no_conflict() -> None:
    found = verdict(support_session(), {"duration": "720 h"})
    assert [item["field"] for item in found["conflict"]] == ["duration"]
    assert "conflict" not in found["flags"]


def test_of_a_rule_that_breaks_two_limits_the_first_is_shown() -> None:
    when = {"payload": {"at_most": 6}, "duration": {"at_most": 60}}
    rule = replace(RULES["TST001"], when=when, fact=None, judgement=True)
    session = Session(replace(known(), rules={"TST005": rule}))
    (out,) = verdict(session, {"payload": "7 MB", "duration": "2 min"})["rejected"]
    assert [reason["limit"] for reason in out["reasons"]] == ["6 MB"]


@pytest.mark.parametrize(("time", "told"), [("2 h", 1), ("4 h", 0)])
def test_a_stated_amount_that_other_answers_exceed_is_in_doubt(time: str, told: int) -> None:
    answers = {"shift": "steps", "first_share": "5%", "bake": "10 min", "rollout_time": time}
    found = support_session().decide(["rollout"], {**answers, "rollout_goal": "replace"})
    doubts = found["verdicts"]["rollout"]["doubts"]
    exceeded = [doubt["fields"] for doubt in doubts if doubt["kind"] == "exceeded"]
    assert exceeded == [["rollout_time"]] * told
