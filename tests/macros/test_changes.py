"""What a reviewer is told of a change: entries, tables and verdicts, as Markdown."""

import subprocess
from collections.abc import Callable
from dataclasses import replace
from functools import cache, partial
from pathlib import Path

import pytest

from checker.knowledge.model import Knowledge, Scenario
from macros import __main__ as command
from macros.knowledge.changes import (
    ChangesError,
    base_of,
    days_alone,
    example_changes,
    read_examples,
    read_version,
    summary,
)
from macros.knowledge.reading import read_with_lines, typed_knowledge
from macros.knowledge.yaml_lines import read_yaml
from tests import excerpt, support


@pytest.fixture
def told(tmp_path: Path) -> Callable[[str, str], str]:
    """The summary of an excerpt of the knowledge with one piece of its text replaced."""

    def run(old: str, new: str) -> str:
        assert excerpt.text().count(old), old
        path = tmp_path / "new.yml"
        path.write_text(excerpt.text().replace(old, new, 1), encoding="utf-8")
        return summary(small(), read_version(str(path)))

    return run


@cache
def small() -> Knowledge:
    """One decision and what it names, with one scenario."""
    known = typed_knowledge(read_yaml(excerpt.text(), "excerpt"))
    assert known is not None
    return known


def test_a_limit_that_moves_says_which_scenarios_it_flips() -> None:
    full = support.known()
    sizes = {"six-megabytes": "6 MB", "just-over": "4.1 MB", "well-below": "1 MB"}
    near = {
        key: Scenario(
            text="T",
            decision="inference",
            answers={"payload": size, "requests": "3/h", "caller": "waits", "idle_free": "no"},
            expect=("real-time-endpoint",),
            why="W",
            page="inference/serverless.md",
        )
        for key, size in sizes.items()
    }
    fact = replace(full.facts["serverless.max_payload"], value=4)
    known = replace(full, scenarios=near, facts={**full.facts, "serverless.max_payload": fact})
    fact = replace(fact, value=8)
    new = replace(known, facts={**known.facts, "serverless.max_payload": fact})
    said = summary(known, new)
    assert "**This change flips 2 scenarios.**" in said
    before = "`decided: real-time-endpoint [limit-exceeded"
    for key in ("six-megabytes", "just-over"):
        (row,) = [line for line in said.splitlines() if line.startswith(f"| `{key}` | {before}")]
        assert "| `decided: serverless-inference" in row
        assert row.endswith("| **no** |")
    assert (
        "### Facts: 1 changed\n\n- changed `serverless.max_payload`\n  - value: `4` → `8`" in said
    )


def test_a_change_of_words_flips_nothing(told: Callable[[str, str], str]) -> None:
    said = told("label: Largest request, serverless inference", "label: Greatest request")
    assert "No scenario gets another verdict." in said
    assert "  - label: `Largest request, serverless inference` → `Greatest request`" in said


def test_the_same_knowledge_changes_nothing() -> None:
    said = summary(small(), small())
    assert said.endswith("Nothing in `docs/data/`.\n")


def test_a_table_cell_is_reported_by_the_name_of_its_row(told: Callable[[str, str], str]) -> None:
    row = next(iter(small().tables.values())).rows[1]
    said = told(f"- {row.cells[0]}", f"- {row.cells[0]} Or not.")
    assert "### Tables: 1 changed" in said
    assert f"rows/{row.label}/cells/1" in said
    assert "Or not.`" in said


FACT = """facts:
  test.added:
    label: "A | <b>bold</b> `label`\\n## Heading"
    kind: behaviour
    text: Nothing.
    checked: '2026-11-22'
    topic: pricing
    value: 7
    unit: GB
    sources: [{source: deploy-model-options, says: nothing}]
"""


def test_an_added_fact_shows_label_and_value_and_stays_text(
    told: Callable[[str, str], str],
) -> None:
    said = told("facts:\n", FACT)
    assert "- added `test.added`: `A ¦ <b>bold</b> 'label' ## Heading: 7 GB`\n" in said


def test_a_removed_entry_is_listed_as_removed() -> None:
    old = typed_knowledge(read_yaml(excerpt.text().replace("facts:\n", FACT, 1), "old"))
    assert old is not None
    assert "- removed `test.added`" in summary(old, small())


def test_an_entry_without_the_right_form_is_left_out_and_stops_nothing(
    told: Callable[[str, str], str],
) -> None:
    said = told("  serverless.max_payload:\n    label:", "  serverless.max_payload:\n    labl:")
    assert "- removed `serverless.max_payload`" in said
    assert "`cannot be decided`" in said


def test_a_revision_of_git_is_read_from_its_history(tmp_path: Path) -> None:
    def git(*words: str) -> None:
        who = ["-c", "user.name=x", "-c", "user.email=x@example.org"]
        subprocess.run(["git", *who, *words], cwd=tmp_path, check=True, capture_output=True)

    file = tmp_path / "docs/data/knowledge.yml"
    file.parent.mkdir(parents=True)
    file.write_text(excerpt.text(), encoding="utf-8")
    git("init", "--quiet")
    git("add", ".")
    git("commit", "--quiet", "--message", "x")
    file.unlink()
    assert read_version("HEAD", tmp_path) == small()


@pytest.fixture
def repository(tmp_path: Path) -> tuple[Path, Callable[..., str]]:
    """A repository with the excerpt and an example on main, and what runs git in it."""

    def git(*words: str) -> str:
        who = ["-c", "user.name=x", "-c", "user.email=x@example.org"]
        command = ["git", *who, *words]
        done = subprocess.run(command, cwd=tmp_path, check=True, capture_output=True, text=True)
        return done.stdout.strip()

    examples = tmp_path / "docs/data/reading/examples/inference.jsonl"
    examples.parent.mkdir(parents=True)
    examples.write_text('{"id": "a", "text": "One.", "option": "batch-transform"}\n')
    excerpt.write(tmp_path, excerpt.text())
    git("init", "--quiet", "--initial-branch=main")
    git("add", ".")
    git("commit", "--quiet", "--message", "x")
    return tmp_path, git


def test_a_branch_is_compared_with_the_commit_that_it_started_from(
    repository: tuple[Path, Callable[..., str]],
) -> None:
    root, git = repository
    start = git("rev-parse", "HEAD")
    git("switch", "--quiet", "--create", "mine")
    git("commit", "--quiet", "--allow-empty", "--message", "mine")
    git("branch", "--quiet", "--force", "later", "main")
    assert base_of(None, root) == base_of("later", root) == start
    # Work on a fork's own main is compared with the main that it was cloned from.
    git("update-ref", "refs/remotes/origin/main", start)
    git("branch", "--quiet", "--force", "main", "mine")
    assert base_of(None, root) == start
    assert base_of("no-such-revision", root) == "no-such-revision"


def test_examples_are_compared_too(repository: tuple[Path, Callable[..., str]]) -> None:
    root, _ = repository
    old, path = read_examples("HEAD", root), root / "docs/data/reading/examples/inference.jsonl"
    lines = [
        '{"id": "a", "text": "One.", "option": "real-time-endpoint"}',
        '{"id": "b", "text": "Two."}',
    ]
    path.write_text("\n".join([*lines, "{", ""]))
    new = read_examples(str(root / "docs/data/knowledge.yml"), root)
    said = summary(small(), small(), list(example_changes(old, new)))
    assert "### Examples: 1 added, 1 changed" in said
    assert "  - option: `batch-transform` → `real-time-endpoint`" in said
    assert "- added `b`: `Two.`" in said
    assert "- removed `a`: `One.`" in summary(small(), small(), list(example_changes(old, {})))


def test_ids_in_another_order_are_one_change(told: Callable[[str, str], str]) -> None:
    first, second, *_ = small().decisions["inference"].options
    said = told(f"    - {first}\n    - {second}\n", f"    - {second}\n    - {first}\n")
    assert said.count("→") == 1


@pytest.mark.parametrize("name", ["no-such-revision", "--output=x", "HEAD~999999"])
def test_what_is_neither_file_nor_revision_exits_with_1_and_says_so(
    name: str, capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(ChangesError, match="neither a file nor a git revision"):
        read_version(name)
    arguments = ["changes", "--", name] if name.startswith("-") else ["changes", name]
    assert command.main(arguments) == 1
    assert name in capsys.readouterr().err


@pytest.mark.parametrize("content", ["", "- a\n- b\n", "facts: [1\n"])
def test_a_file_that_is_not_knowledge_is_reported_as_such(content: str, tmp_path: Path) -> None:
    path = tmp_path / "x.yml"
    path.write_text(content, encoding="utf-8")
    with pytest.raises(ChangesError, match="not readable as knowledge"):
        read_version(str(path))


def test_the_command_prints_the_summary(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "same.yml"
    path.write_text(excerpt.text(), encoding="utf-8")
    assert command.main(["changes", str(path), str(path)]) == 0
    assert capsys.readouterr().out.startswith("## What this changes\n")


@pytest.mark.parametrize("added", ["", "facts: {}\n"], ids=["fine", "a section twice"])
def test_the_command_says_where_problems_may_hide_changes(
    added: str,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    source = excerpt.write(tmp_path, excerpt.text() + added)
    monkeypatch.setattr(command, "SOURCE", source)
    monkeypatch.setattr(command, "read_with_lines", partial(read_with_lines, source, tmp_path))
    assert command.main(["changes", str(source), str(source)]) == 0
    assert ("may hide changes" in capsys.readouterr().err) is bool(added)


def test_a_day_of_checking_moves_with_what_was_looked_at() -> None:
    old = small()
    key, fact = next(iter(old.facts.items()))
    moved = replace(fact, checked="2027-01-01")
    (line,) = days_alone(old, replace(old, facts={**old.facts, key: moved}))
    assert line.startswith(f"facts/{key}: checked moved from {fact.checked} to 2027-01-01 alone")
    noted = replace(moved, looked="The same page, of the same day.")
    assert days_alone(old, replace(old, facts={**old.facts, key: noted})) == []
    assert days_alone(old, old) == []
