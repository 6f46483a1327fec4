"""Practice items: the engine's key, a stated reason for every wrong option, and the deck."""

import io
import json
import sqlite3
import zipfile
from collections.abc import Iterator, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from checker.knowledge.model import Knowledge
from checker.session import Session
from macros.draw.practise import coverage
from macros.files import DOCS, ROOT
from macros.pages.source import Page, read_pages
from macros.pages.urls import page_url
from macros.practise.deck import deck
from macros.practise.items import EXAM, Bank, Item, bank
from macros.practise.write import PUBLISHED, Practise, plain, publish, published, task_of
from tests import support

DECISIONS = sorted(support.known().decisions)


@pytest.fixture(scope="module")
def pages() -> Mapping[str, Page]:
    return read_pages(DOCS)


@pytest.fixture(scope="module")
def made(knowledge: Knowledge, pages: Mapping[str, Page]) -> Bank:
    return bank(knowledge, pages)


def questions(made: Bank, decision: str) -> Iterator[Item]:
    return (item for item in made.items if item.decision == decision)


def verdict(session: Session, item: Item) -> Mapping[str, Any]:
    era = "exam" if item.era == "exam" else "today"
    reply = session.decide([item.decision], item.answers, era=era)
    assert not reply["problems"], item.id
    found: Mapping[str, Any] = reply["verdicts"][item.decision]
    return found


@pytest.mark.parametrize("decision", DECISIONS)
def test_the_key_is_the_verdict_and_each_wrong_option_has_a_rule_of_its_own(
    decision: str, made: Bank, session: Session
) -> None:
    for item in questions(made, decision):
        found = verdict(session, item)
        key = [choice.option for choice in item.choices if choice.right]
        assert key == found["recommend"], item.id
        assert len(key) == {"one": 1, "two": 2}[item.kind], item.id
        rejected = {
            other["option"]: {reason["rule"] for reason in other["reasons"]}
            for other in found["rejected"]
        }
        wrong = [choice for choice in item.choices if not choice.right]
        assert len(wrong) == 3, item.id
        assert len({choice.rules for choice in wrong}) == 3, item.id
        for choice in wrong:
            assert set(choice.rules) <= rejected[choice.option], f"{item.id}: {choice.option}"


@pytest.mark.parametrize("decision", DECISIONS)
def test_no_wrong_option_is_one_that_the_scenario_accepts(
    decision: str, made: Bank, knowledge: Knowledge
) -> None:
    for item in questions(made, decision):
        scenario = knowledge.scenarios[item.id.removesuffix(".exam")]
        wrong = {choice.option for choice in item.choices if not choice.right}
        assert not wrong & {*scenario.expect, *scenario.accept}, item.id


def test_what_was_added_to_a_situation_is_said(made: Bank, knowledge: Knowledge) -> None:
    for item in made.items:
        if item.decision:
            scenario = knowledge.scenarios[item.id.removesuffix(".exam")]
            assert len(item.also) == len(item.answers) - len(scenario.answers), item.id


def test_a_task_to_turn_the_verdict_can_be_solved_by_one_answer(
    made: Bank, knowledge: Knowledge, session: Session
) -> None:
    for item in [item for item in made.items if item.turn][::10]:
        tries = (
            {**item.answers, name: value}
            for name in item.answers
            for value in knowledge.fields[name].values
        )
        replies = (session.decide([item.decision], answers) for answers in tries)
        won = (reply["verdicts"][item.decision]["recommend"] for reply in replies)
        assert [item.turn] in won, item.id


def test_ids_are_unique_and_come_from_scenarios_and_facts(made: Bank, knowledge: Knowledge) -> None:
    ids = [item.id for item in made.items]
    assert len(set(ids)) == len(ids)
    for item in made.items:
        name = item.id.removeprefix("fact.").removesuffix(".exam")
        assert name in (knowledge.facts if item.kind == "card" else knowledge.scenarios), item.id


def test_ids_do_not_depend_on_the_order_of_scenarios(
    made: Bank, knowledge: Knowledge, pages: Mapping[str, Page]
) -> None:
    few = dict(list(knowledge.scenarios.items())[30:60])
    turned = bank(replace(knowledge, scenarios=dict(reversed(few.items()))), pages)
    ids = {item.id for item in turned.items if item.kind != "card"}
    assert ids == {item.id for item in made.items if item.id.removesuffix(".exam") in few}


def test_every_scenario_is_an_item_or_is_counted_as_left_out(
    made: Bank, knowledge: Knowledge
) -> None:
    todays = [item for item in made.items if item.decision and item.era != "exam"]
    left = [
        number
        for why, number in made.left_out.items()
        if not why.startswith(("in the exam era", "sources"))
    ]
    assert len(todays) + sum(left) == len(knowledge.scenarios)


def test_every_section_to_read_exists(made: Bank, pages: Mapping[str, Page]) -> None:
    assert {item.page.partition("#")[0] for item in made.items} <= pages.keys()


def test_every_question_has_a_task_of_the_exam(made: Bank, knowledge: Knowledge) -> None:
    tasks = knowledge.exams[EXAM].tasks
    for item in made.items:
        assert not item.decision or task_of(item.decision, knowledge) in tasks, item.id


def test_the_page_says_how_many_skills_are_covered(made: Bank, knowledge: Knowledge) -> None:
    tasks = knowledge.exams[EXAM].tasks
    for number, task in tasks.items():
        assert len(set(task.covers)) == len(task.covers) <= task.skills
        assert all(skill.startswith(f"{number}.") for skill in task.covers)
    covered = sum(len(task.covers) for task in tasks.values())
    total = sum(task.skills for task in tasks.values())
    assert f"covers {covered} of the {total} skills" in coverage(Practise("", made), knowledge)


def test_the_file_holds_everything_that_items_name(made: Bank, knowledge: Knowledge) -> None:
    data = json.loads(json.dumps(plain(made.items, knowledge)))
    for item in data["items"]:
        assert item["page"] == page_url(next(i.page for i in made.items if i.id == item["id"]))
        for option, right, *rules in item.get("choices", []):
            assert data["options"][option]["label"]
            for rule in rules:
                assert data["rules"][rule]["yes" if right else "no"], (item["id"], rule)
        assert set(item.get("facts", [])) <= data["facts"].keys()
        assert not item.get("turn") or item["answers"].keys() <= data["fields"].keys()
    assert {rule["fact"] for rule in data["rules"].values()} - {""} <= data["facts"].keys()


# --- The deck -----------------------------------------------------------------------------------


def notes(package: bytes, folder: Path) -> dict[str, tuple[list[str], set[str]]]:
    """The notes of an Anki package by guid: fields and tags."""
    with zipfile.ZipFile(io.BytesIO(package)) as archive:
        archive.extract("collection.anki2", folder)
    base = sqlite3.connect(folder / "collection.anki2")
    rows = base.execute("select guid, flds, tags from notes").fetchall()
    base.close()
    return {guid: (fields.split("\x1f"), set(tags.split())) for guid, fields, tags in rows}


def test_the_deck_has_a_note_for_each_item_and_tags_what_is_gone(
    made: Bank, knowledge: Knowledge, tmp_path: Path
) -> None:
    found = notes(deck(made.items, knowledge, ("gone-item", made.items[0].id)), tmp_path)
    assert found.keys() == {item.id for item in made.items} | {"gone-item"}
    assert "retired" in found["gone-item"][1]
    assert not any("retired" in tags for guid, (_, tags) in found.items() if guid != "gone-item")
    for item in made.items:
        fields, tags = found[item.id]
        assert fields[2], item.id
        assert fields[5].startswith("checked 20") or not item.facts, item.id
        assert not item.decision or f"decision::{item.decision}" in tags


def test_two_decks_are_byte_equal(made: Bank, knowledge: Knowledge) -> None:
    few = made.items[:20]
    assert deck(few, knowledge, ("gone",)) == deck(few, knowledge, ("gone",))


def test_every_item_is_in_the_list_of_published_ones(made: Bank) -> None:
    missing = {item.id for item in made.items} - {*published(ROOT / "docs" / PUBLISHED)}
    assert not missing, "run python -m macros build and commit the list"


def test_publishing_adds_and_never_removes(made: Bank, tmp_path: Path) -> None:
    listed = tmp_path / "items.txt"
    listed.write_text("gone\n")
    assert publish(listed, made.items[:2]) == 2
    assert published(listed) == tuple(sorted(["gone", made.items[0].id, made.items[1].id]))
    assert publish(listed, made.items[:1]) == 0
