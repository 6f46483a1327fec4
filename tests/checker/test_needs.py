"""Where options add up, each need has its option, or the verdict says that none meets it."""

from collections.abc import Mapping

from hypothesis import assume, given
from hypothesis import strategies as st

from checker.knowledge.answers import Answer
from checker.rules.evaluation import Result
from tests import situations
from tests.judging import DECISIONS, Situation, options_of, rejected, result_of, verdict_on
from tests.support import known, oracle

NEEDS = [name for name in DECISIONS if known().decisions[name].together]


@given(st.sampled_from(NEEDS).flatmap(lambda d: st.tuples(st.just(d), situations.exact_answers(d))))
def test_each_need_is_met_by_what_is_recommended_or_is_said_to_be_unmet(case: Situation) -> None:
    decision, answers = case
    found, out = result_of(decision, answers), rejected(decision, answers)
    assume(found.standings.keys() - out.keys())
    for need in known().decisions[decision].together:
        able = _able(decision, need, answers)
        if not able:
            assert need not in found.unmet
        elif any(not options & out.keys() for options in able):
            assert need not in found.unmet
            assert any(options & set(found.recommend) for options in able) or _near(found, need)
        else:
            assert need in found.unmet


def _able(decision: str, need: str, answers: Mapping[str, Answer]) -> list[set[str]]:
    """The options of each preference that reads this need alone, where it holds."""
    return [
        set(rule.options)
        for rule in known().rules.values()
        if set(rule.options) & set(options_of(decision))
        and (rule.strength, list(rule.when)) == ("prefer", [need])
        and rule.era != "exam"
        and oracle(rule.when, answers) is True
    ]


def _near(found: Result, need: str) -> bool:
    """Whether an option is recommended that suits the need better in these circumstances."""
    return any(
        need in outcome.prepared.fields
        for option in found.recommend
        for outcome in found.standings[option].held
    )


def test_two_needs_bring_two_options_and_a_need_that_nothing_meets_is_told() -> None:
    asked = {"private_access": "yes", "vpc": "yes", "serving": "real-time-endpoint"}
    both = verdict_on("security", asked)
    assert both["recommend"] == ["vpc-endpoints", "vpc-mode"]
    assert both["sentence"] == "Use two together: VPC endpoints, VPC mode."
    few = verdict_on("security", {**asked, "subnets": "17"})
    assert few["recommend"] == ["vpc-endpoints"]
    assert (
        "Your need “Own VPC” is not met. Nearest: VPC mode, with 1 subnet too many."
        in few["sentence"]
    )
    assert {item["field"] for item in few["conflict"]} == {"vpc", "subnets"}
    assert "conflict" in few["flags"]


def test_a_wish_that_a_person_makes_hard_still_speaks_for_its_options() -> None:
    answers, hard = {"traffic": "intermittent"}, ["traffic"]
    wished, must = (verdict_on("inference", answers, hard=h) for h in ([], hard))
    assert must["recommend"] == wished["recommend"] == ["serverless-inference"]


def test_a_need_is_met_where_its_option_is_the_only_one_left() -> None:
    others = [option for option in options_of("security") if option != "vpc-mode"]
    found = verdict_on("security", {"vpc": "yes"}, without=others)
    assert (found["state"], found["recommend"]) == ("decided", ["vpc-mode"])


def test_options_that_add_up_lack_nothing_once_their_conditions_are_settled() -> None:
    asked = {"private_access": "yes", "vpc": "yes", "serving": "real-time-endpoint"}
    settled = verdict_on("security", {**asked, "subnets": "3", "security_groups": "2"})
    assert settled["recommend"] == ["vpc-endpoints", "vpc-mode"]
    assert ("missing-info" in settled["flags"], settled["conditions"]) == (False, [])
