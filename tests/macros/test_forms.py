"""Forms and practice: labels and hints of questions, links with answers, limits of options."""

from urllib.parse import parse_qs, urlsplit

import pytest

from checker.knowledge.model import Scenario
from macros.draw import checker_form, checker_hub, rules, scenarios
from tests.markup import PAGE, form_of, frame_of, one, soup
from tests.support import known, session


@pytest.mark.parametrize("decision", known().decisions)
def test_every_question_of_a_form_has_a_label_a_hint_and_a_place_for_its_error(
    decision: str,
) -> None:
    form = one(form_of(decision), "form.check__all")
    for name in known().decisions[decision].fields:
        control = one(form, f"[name={name}]")
        assert one(form, f'label[for="{control["id"]}"]').get_text().strip()
        assert one(form, f"#{control['aria-describedby']}").get_text().strip()
        assert one(form, f"[data-field={name}]")["data-label"] == known().fields[name].label
        assert one(form, f"#{control['id']}-error").has_attr("hidden")


@pytest.mark.parametrize("decision", known().decisions)
def test_a_choice_offers_not_sure_first_and_then_all_its_values(decision: str) -> None:
    form = one(form_of(decision), "form.check__all")
    for select in form.select("select[name]"):
        offered = {str(o["value"]): o.get_text() for o in select.select("option")}
        assert offered == {"": "Not sure", **known().fields[str(select["name"])].values}
        assert next(iter(offered)) == ""


@pytest.mark.parametrize("decision", known().decisions)
def test_an_answer_has_a_priority_only_where_a_rule_leaves_the_choice(
    decision: str,
) -> None:
    form = one(form_of(decision), "form.check__all")
    offered = {
        str(select["data-mark"]): {str(option["value"]) for option in select.select("option")}
        for select in form.select("select[data-mark]")
    }
    expected: dict[str, set[str]] = {}
    for group in session().ruleset(decision).options.values():
        for rule in group:
            mark = {"prefer": "hard", "need": "soft"}.get(rule.rule.strength)
            for field in rule.fields if mark else ():
                expected.setdefault(field, {""}).add(str(mark))
    assert offered == expected


@pytest.mark.parametrize("decision", known().decisions)
def test_the_questions_are_in_their_groups_and_each_id_is_unique(decision: str) -> None:
    found = form_of(decision)
    ids = [str(element["id"]) for element in found.select("[id]")]
    assert sorted(ids) == sorted(set(ids))
    boxes = found.select("details.check__group")
    for box in boxes:
        groups = {known().fields[str(f["name"])].group for f in box.select("[name]")}
        assert [checker_form.GROUPS[g] for g in groups] == [one(box, "[role=group]")["aria-label"]]
    open_ones = [len(box.select("[name]")) for box in boxes if box.has_attr("open")]
    assert sum(open_ones[:-1]) < checker_form.FIRST_QUESTIONS
    folded = any(not box.has_attr("open") for box in boxes)
    assert sum(open_ones) >= checker_form.FIRST_QUESTIONS or not folded


def test_without_scripts_a_decision_has_its_options_and_says_what_is_missing() -> None:
    found = form_of("inference")
    assert "JavaScript" in one(found, "noscript").get_text()
    assert len(found.select(".check__options li")) == len(known().decisions["inference"].options)


def test_the_hub_has_the_text_box_and_every_decision_in_its_group() -> None:
    found = soup(checker_hub.hub(frame_of("check/index.md", known())))
    assert len(found.select("[data-example]")) == 3
    for group in found.select(".check-group"):
        stage = str(one(group, "h2")["id"]).removeprefix("stage-")
        labels = [one(door, "strong").get_text() for door in group.select(".check-door")]
        assert labels == [d.label for d in known().decisions.values() if d.stage == stage]


@pytest.mark.parametrize("key", list(known().scenarios)[::100])
def test_a_scenario_links_to_the_checker_with_its_own_answers(key: str) -> None:
    scenario = known().scenarios[key]
    found = soup(scenarios.practice([(key, scenario)], known(), PAGE))
    address = urlsplit(str(one(found, "a.checker-link")["href"]))
    query = {name: values[0] for name, values in parse_qs(address.query).items()}
    assert query == dict(scenario.answers)
    assert (address.path, address.fragment) == (f"../../check/{scenario.decision}/", "")


def test_answers_with_signs_of_an_address_survive_the_link() -> None:
    answers = {"payload": "< 4 MB & more=less #1 +?/100%"}
    scenario = Scenario(
        text="T",
        decision="inference",
        answers=answers,
        expect=("batch-transform",),
        why="W",
        page=PAGE,
    )
    found = soup(scenarios.practice([("s", scenario)], known(), PAGE))
    address = urlsplit(str(one(found, "a.checker-link")["href"]))
    assert parse_qs(address.query)["payload"] == [answers["payload"]]


@pytest.mark.parametrize("option", known().options)
def test_the_limits_of_an_option_are_its_rules(option: str) -> None:
    found = soup(rules.limits_of(option, known(), PAGE))
    hard = {k for k, r in known().rules.items() if option in r.options and r.strength == "must"}
    wishes = {k for k, r in known().rules.items() if option in r.options and r.strength == "need"}
    drawn = {str(item["id"]).removeprefix("rule-") for item in found.select("ul.limits > li")}
    drawn_wishes = {
        str(i["id"]).removeprefix("rule-") for i in found.select("ul.limits--wishes li")
    }
    assert drawn == hard | wishes
    assert drawn_wishes == wishes
