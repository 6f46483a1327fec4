"""Configurations: known faults are found on their lines, valid files pass, bad ones are told."""

import json

import pytest

from checker.config.shapes import Shapes
from macros.files import SOURCE
from macros.knowledge.shapes import api_shapes
from tests import fault_table
from tests.configurations import CONFIG, checked, codes
from tests.fault_table import FAULTS, FOLDER, VALID, fault_file, ours
from tests.support import known


@pytest.mark.parametrize("name", FAULTS)
def test_a_known_fault_is_found(name: str) -> None:
    assert fault_table.codes(name) == FAULTS[name]["codes"]


@pytest.mark.parametrize("name", FAULTS)
def test_a_finding_says_where_and_why_and_what_to_do(name: str) -> None:
    lines = fault_file(name).read_text(encoding="utf-8").splitlines()
    for finding in ours(fault_file(name)).problems:
        assert finding.hint
        assert finding.checked
        assert finding.source
        steps = [step.partition("[")[0] for step in finding.path.split(".")]
        assert any(f'"{step}"' in line for step in steps for line in lines[: finding.line])


@pytest.mark.parametrize("name", VALID)
def test_a_valid_configuration_has_no_problem(name: str) -> None:
    report = ours(FOLDER / "valid" / name)
    assert (codes(report), report.unreadable) == ([], ())
    assert report.requests


def test_every_file_is_in_the_index() -> None:
    assert {path.stem for path in (FOLDER / "faults").iterdir()} == set(FAULTS)
    assert {path.name for path in (FOLDER / "valid").iterdir()} == set(VALID)
    assert len(FAULTS) >= 25
    assert len(VALID) >= 20


def test_the_members_are_those_of_the_api_model() -> None:
    stored = json.loads((SOURCE.parent / "shapes.json").read_bytes())
    ignored = ("checked", "version")
    assert {k: v for k, v in stored.items() if k not in ignored} == {
        k: v for k, v in api_shapes().items() if k not in ignored
    }


def test_a_bound_is_that_of_a_fact() -> None:
    bounds = Shapes(known()).bounds["sagemaker/ServerlessMaxConcurrency"]
    assert {(bound.kind, bound.fact) for bound in bounds} == {
        ("max", "serverless.max_concurrency"),
        ("min", "serverless.max_concurrency"),
    }


def test_a_limit_on_which_sources_disagree_is_a_warning_that_says_so() -> None:
    (found,) = ours(fault_file("scaling-real-time-to-zero")).findings
    assert (found.level, found.code) == ("warning", "CFG018")
    assert "Sources disagree" in found.message


@pytest.mark.parametrize(
    ("name", "says"),
    [("monitored.json", "Closed to new customers"), ("two-gpus.json", "can be 0 instances")],
)
def test_life_cycles_and_quotas_are_warnings(name: str, says: str) -> None:
    (found,) = ours(FOLDER / "valid" / name).findings
    assert found.level == "warning"
    assert says in found.message
    assert found.checked


def test_an_explainer_is_a_service_that_is_closed_to_new_customers() -> None:
    text = CONFIG[:-1] + ', "ExplainerConfig": {"ClarifyExplainerConfig": {}}}'
    (found,) = [f for f in checked(text).findings if f.code == "L001"]
    assert "SageMaker Clarify" in found.message
