"""The workflows: pinned, without rights that they do not need, and the same commands as by hand."""

import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from macros.knowledge.yaml_lines import read_yaml

ROOT = Path(__file__).resolve().parents[2]
MAKEFILE = (ROOT / "Makefile").read_text(encoding="utf-8")
WORKFLOWS = sorted((ROOT / ".github/workflows").glob("*.yml"))
named = pytest.mark.parametrize("path", WORKFLOWS, ids=lambda path: path.stem)
READ = {"contents": "read"}


def data(path: Path) -> dict[str, Any]:
    source = read_yaml(path.read_text(encoding="utf-8"), path.name)
    assert source.problems == ()
    return dict(source.data)


def steps(path: Path) -> Iterator[dict[str, Any]]:
    for job in data(path)["jobs"].values():
        yield from job["steps"]


def test_there_is_a_workflow_for_pull_requests_for_main_and_for_every_week() -> None:
    on = {path.stem: set(data(path)["on"]) for path in WORKFLOWS}
    assert on == {
        "pull-request": {"pull_request"},
        "deploy": {"push", "workflow_dispatch"},
        "release": {"release"},
        "scheduled": {"schedule", "workflow_dispatch"},
    }


def test_zizmor_finds_nothing_at_its_strictest() -> None:
    zizmor = Path(sys.executable).with_name("zizmor")
    command = [zizmor, "--offline", "--persona=pedantic", "--no-progress", ".github"]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout
    assert "No findings to report" in done.stdout


@named
def test_every_action_is_pinned_by_its_full_hash_with_its_version_beside_it(path: Path) -> None:
    used = re.findall(r"uses: (.+)", path.read_text(encoding="utf-8"))
    assert used
    owners = "(?:actions/[a-z-]+|pypa/gh-action-pypi-publish)"
    pin = re.compile(owners + r"@[0-9a-f]{40} # v\d+\.\d+\.\d+")
    assert [line for line in used if not pin.fullmatch(line)] == []


def test_one_action_has_one_pin_everywhere() -> None:
    text = "\n".join(path.read_text(encoding="utf-8") for path in WORKFLOWS)
    pins = set(re.findall(r"uses: (\S+ # \S+)", text))
    assert len(pins) == len({pin.partition("@")[0] for pin in pins})


@named
def test_no_rights_at_the_top_and_no_more_than_reading_beside_the_publishing_job(
    path: Path,
) -> None:
    assert data(path)["permissions"] == {}
    rights = {name: job["permissions"] for name, job in data(path)["jobs"].items()}
    if path.stem == "deploy":
        assert rights.pop("deploy") == {"pages": "write", "id-token": "write"}
    if path.stem == "release":
        assert rights.pop("publish") == {"id-token": "write"}
    assert all(right == READ for right in rights.values())


@named
def test_no_secret_and_no_trigger_that_lends_rights_to_other_peoples_code(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    assert "secrets." not in text
    assert "pull_request_target" not in text
    assert "workflow_run" not in text
    assert "continue-on-error" not in text


@named
def test_a_checkout_leaves_no_credentials_behind(path: Path) -> None:
    checkouts = [s for s in steps(path) if s.get("uses", "").startswith("actions/checkout")]
    assert all(step["with"]["persist-credentials"] is False for step in checkouts)


def test_only_main_is_published_and_only_what_the_tests_passed_on() -> None:
    deploy = data(ROOT / ".github/workflows/deploy.yml")
    assert deploy["on"]["push"] == {"branches": ["main"]}
    assert deploy["jobs"]["build"]["if"] == "github.ref == 'refs/heads/main'"
    assert deploy["jobs"]["deploy"]["needs"] == "build"
    built = [
        step.get("run") or step["uses"].partition("@")[0]
        for step in deploy["jobs"]["build"]["steps"]
    ]
    assert built == ["actions/checkout", "make test", "actions/upload-pages-artifact"]
    assert [s["uses"].partition("@")[0] for s in deploy["jobs"]["deploy"]["steps"]] == [
        "actions/deploy-pages"
    ]


def test_a_release_publishes_what_its_tests_passed_on_with_attestations() -> None:
    jobs = data(ROOT / ".github/workflows/release.yml")["jobs"]
    assert jobs["publish"]["needs"] == "build"
    assert jobs["publish"]["environment"]["name"] == "pypi"
    runs = [step["run"] for step in jobs["build"]["steps"] if "run" in step]
    assert runs == ["make check", "make package", ".venv/bin/pytest tests/slow/test_package.py"]
    (_, upload) = jobs["publish"]["steps"]
    assert upload["with"] == {"attestations": True}


@named
def test_a_workflow_runs_what_can_be_typed_by_hand(path: Path) -> None:
    targets = re.findall(r"(?m)^([a-z-]+):.*##", MAKEFILE)
    asked = [t for s in steps(path) for t in re.findall(r"\bmake ([a-z-]+)", s.get("run", ""))]
    assert set(asked) <= set(targets)


def test_a_new_version_of_anything_waits_a_week() -> None:
    updates = data(ROOT / ".github/dependabot.yml")["updates"]
    assert {u["package-ecosystem"] for u in updates} == {"github-actions", "npm", "pip"}
    assert all(update["cooldown"]["default-days"] >= 7 for update in updates)
