"""What the next question says that its answers lead to."""

from checker.rules.edges import representatives
from checker.units import Interval
from tests.judging import verdict_on
from tests.support import exactly, known, session


def test_a_question_promises_no_option_that_a_further_answer_rules_out() -> None:
    answers = {"caller": "waits", "traffic": "steady", "payload": "1 MB"}
    found = verdict_on("inference", answers)["question"]
    assert found["field"] == "duration"
    told = {lead["answer"]: lead["provided"] for lead in found["leads"] if lead["recommend"]}
    both = ["stream in both directions “Yes”", "streamed response “Yes”"]
    idle = "no cost while idle “No, idle cost is acceptable”"
    assert list(told.values()) == [[], both[1:], [*both, idle]]
    for shown in told:
        end = {"duration": shown.rpartition("<= ")[2]}
        then = verdict_on(
            "inference", {**answers, **end, "streaming": "yes", "bidirectional": "yes"}
        )
        assert then["recommend"] == ["real-time-endpoint"], shown
        without = verdict_on("inference", {**answers, **end, "streaming": "no"})
        assert (without["state"] == "nothing-fits") is bool(told[shown]), shown


def test_a_question_tells_where_what_follows_from_its_answer_passes_a_limit() -> None:
    answers = {"rollout_goal": "replace", "shift": "steps", "first_share": "5%"}
    question = verdict_on("rollout", {**answers, "auto_rollback": "yes"})["question"]
    assert question["field"] == "bake"
    found = [(lead["answer"], lead["recommend"]) for lead in question["leads"]]
    assert found == [("< 24 min", ["rolling"]), (">= 24 min", [])]


def test_the_answers_to_a_question_part_at_the_answer_that_it_is_compared_with() -> None:
    ruleset, field = session().ruleset("inference"), known().fields["latency"]
    bands = representatives(ruleset, field, "latency", {"duration": exactly(50)})
    assert 50_000 in {band.lo for band in bands if isinstance(band, Interval)}
