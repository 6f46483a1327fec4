"""Situations of an audit, each held against the verdict that a senior engineer asks for."""

from pathlib import Path
from typing import Any

import pytest
import yaml

from checker.session import Session

DATA = Path(__file__).parents[1] / "data"
ALL: list[dict[str, Any]] = [
    {**row, "file": path.name}
    for path in sorted(DATA.glob("situations-*.yml"))
    for row in yaml.load(path.read_bytes(), Loader=yaml.CSafeLoader)
]
ROWS = {row["id"]: row for row in ALL}


def told(verdict: dict[str, Any]) -> set[str]:
    """The rules whose sentences a person reads."""
    others = [item for group in ("also", "unclear", "rejected") for item in verdict[group]]
    groups = [verdict["reasons"], verdict["conditions"], *(item["reasons"] for item in others)]
    return {reason["rule"] for group in groups for reason in group}


@pytest.mark.parametrize("key", ROWS)
def test_situation(key: str, session: Session) -> None:
    row = ROWS[key]
    found = session.decide([row["decision"]], row["answers"], soft=row.get("soft", ()))
    assert found["problems"] == []
    verdict = found["verdicts"][row["decision"]]
    assert set(row.get("flags", ())) <= set(verdict["flags"])
    named = {item["option"] for item in verdict["also"]}
    assert named.isdisjoint(row.get("unnamed", ()))
    recommended = verdict["recommend"]
    acceptable = row.get("acceptable", ())
    same = recommended == row["expected"]
    allowed = acceptable and recommended and {*recommended} <= {*row["expected"], *acceptable}
    assert same or allowed, (
        f"expected {row['expected']} and not {recommended}: {row['why']} "
        f"If the data is right, correct this row of tests/data/{row['file']}"
    )
    conditions = set(row.get("conditions", ()))
    assert conditions <= {condition["rule"] for condition in verdict["conditions"]}
    assert not conditions or verdict["confidence"] != "certain"
    assert set(row.get("reasons", ())) <= told(verdict), verdict["sentence"]
    assert told(verdict).isdisjoint(row.get("unsaid", ()))
    assert row.get("says", "") in verdict["sentence"]
    assert row.get("first") in (None, *[item["rule"] for item in verdict["reasons"][:1]])
    assert row.get("nearest") in (None, *[item["option"] for item in verdict["rejected"][:1]])
    assert set(row.get("conflict", ())) <= {item["field"] for item in verdict["conflict"]}


def test_a_situation_has_a_reason_and_an_id_that_no_other_has() -> None:
    assert len(ALL) == len(ROWS)
    assert all(row["why"] for row in ROWS.values())


def test_the_limit_of_a_reason_is_one_that_an_answer_was_held_against(session: Session) -> None:
    answers = {"shift": "small-first", "first_share": "60%"}
    verdict = session.decide(["rollout"], answers)["verdicts"]["rollout"]
    limits = {reason["rule"]: reason["limit"] for reason in verdict["reasons"]}
    assert limits["ROL072"] == "50%"
    named = session.decide(["monitoring"], {"account": "new"})["verdicts"]["monitoring"]
    assert {reason["limit"] for reason in named["reasons"]} == {None}
