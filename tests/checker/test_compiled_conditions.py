"""Conditions as the YAML has them: compiled whole, and refused where they mean nothing."""

import pytest

from checker.knowledge.references import UnknownReference, measure
from checker.rules.conditions import Bound, Group, compile_condition, leaves, truth
from tests import support
from tests.support import exactly


def test_several_fields_in_one_condition_all_have_to_hold() -> None:
    node = compile_condition({"vpc": {"is": "no"}, "traffic": {"is": "steady"}}, support.known())
    assert isinstance(node, Group)
    assert node.kind == "all"
    assert [leaf.field for leaf in leaves(node)] == ["vpc", "traffic"]


def test_several_tests_on_one_field_all_have_to_hold() -> None:
    node = compile_condition({"payload": {"above": 1, "at_most": 5}}, support.known())
    truths = [truth(node, {"payload": exactly(size)}) for size in (1, 2, 5, 6)]
    assert truths == [False, True, True, False]


def test_a_limit_is_the_fact_in_the_unit_of_the_field() -> None:
    known = support.known()
    for rule in known.rules.values():
        for leaf in leaves(compile_condition(rule.when, known)):
            if isinstance(leaf, Bound) and leaf.fact:
                assert leaf.limit == support.limit_in_unit(leaf.field, leaf.fact)


BAD = {
    "empty": ({}, "an empty condition"),
    "unknown field": ({"paylod": {"at_most": 5}}, "unknown field 'paylod'"),
    "no test": ({"payload": {}}, "'payload' has no test"),
    "text for a test": ({"payload": "small"}, "'payload' has no test"),
    "unknown operator": ({"payload": {"about": 5}}, "'about' is not a test"),
    "order of a choice": ({"traffic": {"at_most": 5}}, "'at_most' is not a test for the choice"),
    "choice of a quantity": ({"payload": {"is": "small"}}, "'is' is not a test for the quantity"),
    "unknown value": ({"traffic": {"is": "heavy"}}, "field 'traffic' has no value 'heavy'"),
    "one unknown value": ({"traffic": {"one_of": ["steady", "heavy"]}}, "no value 'heavy'"),
    "number for a choice": ({"traffic": {"is": 5}}, "no value"),
    "unknown fact": ({"payload": {"at_most": "no.fact"}}, "unknown fact 'no.fact'"),
    "unknown part": (
        {"memory": {"at_most": "serverless.memory_sizes.no_part"}},
        "unknown fact 'serverless.memory_sizes.no_part'",
    ),
    "fact without value": ({"payload": {"at_most": "serverless.memory_sizes"}}, "no single value"),
    "fact of another dimension": (
        {"payload": {"at_most": "serverless.max_timeout"}},
        "field 'payload' in MB",
    ),
    "fact that is a text": ({"payload": {"at_most": "model_monitor.status"}}, "holds no number"),
    "group without a list": ({"any": {"vpc": {"is": "no"}}}, "'any' has no list"),
    "number of another dimension": (
        {"payload": {"at_most": "duration"}},
        "field 'duration' is in s, field 'payload' in MB",
    ),
    "empty group": ({"all": []}, "'all' has no list"),
    "bad inside a group": ({"none": [{"any": [{"paylod": {"at_most": 5}}]}]}, "unknown field"),
}


@pytest.mark.parametrize(("condition", "message"), BAD.values(), ids=BAD)
def test_a_condition_that_means_nothing_is_refused_and_says_why(
    condition: dict[str, object], message: str
) -> None:
    with pytest.raises(UnknownReference) as caught:
        compile_condition(condition, support.known())  # type: ignore[arg-type]
    assert message in str(caught.value)


def test_a_measure_is_a_value_of_a_fact_or_of_its_part() -> None:
    facts = support.known().facts
    for key, fact in facts.items():
        if fact.value is not None:
            assert measure(key, support.known()) == (fact.value, fact.unit)
        for name, part in fact.parts.items():
            assert measure(f"{key}.{name}", support.known()) == (part.value, part.unit)
