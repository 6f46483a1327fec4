"""The contributor's guide: each example is accepted, and each mistake says what the guide says."""

import json
import re
from dataclasses import replace
from pathlib import Path

import pytest

from macros.files import ROOT
from macros.knowledge.examples import example_problems
from macros.knowledge.members import member_findings
from macros.knowledge.reading import (
    problem_line,
)
from macros.knowledge.text_checks import check_words
from macros.knowledge.yaml_lines import read_yaml
from macros.pages.checks import page_problems
from macros.pages.new_page import NewPageError, new_page
from macros.pages.shape import practice_problems
from macros.pages.source import read_pages
from macros.registry import macro_arguments
from tests import support
from tests.guide import EXAMPLES, GUIDE, SAID, UNFINISHED, told, without_lines

MAKEFILE = (ROOT / "Makefile").read_text(encoding="utf-8")
TWO = ("serverless-inference", "serverless-provisioned-concurrency")
# The mistake that makes each message: where it is, what is replaced by what.
MISTAKES = {
    "K005 facts": ("Add a fact", "serverless-endpoints-invoke,", "serverless-endpoint-invoke,"),
    "K020": ("Add a fact", r"sources: \[.*\]", "sources: []"),
    "K003": ("Add a fact", "label: E", "lable: x\n    label: E"),
    "K002 the key 'value'": ("Add a fact", "unit: MB", "value: 7"),
    "K007": ("Add a fact", "quota", "limit"),
    "K024": ("Add a fact", "'2026-11-22'", "today"),
    "K021": ("Add a rule", r"to \{serverless.max_payload\}", "to {serverless.max_paylod}"),
    "K050": ("Add a table row", "          Batch transform: .*\n", ""),
    "K005 tables": ("Add a table row", "Serverless:", "Serverles:"),
    "K006": ("Add an option", "serverless.md", "serverles.md"),
    "K045": ("Add a rule", "    support: .*\n", ""),
    "K005 clashes": ("Add a clash", r"\[serverless-inference\]", "[serverless-inference1]"),
    "K046": ("Add a rule", r"at_most: serverless.max_payload\}", "at_most: 7}"),
    "K096": ("Add a rule", r"to \{serverless.max_payload\}", "to 4 MB"),
    "K009": ("Add a rule", r"\[serverless-inference\]", f"[{', '.join(TWO)}]"),
    "K040": ("Add a rule", "    fact: .*\n", ""),
    "K005 rules": ("Add a rule", r"\[serverless-inference\]", "[serverless-inferense]"),
    "K002 the key 'INF001'": ("Add a rule", "INF099", "INF001"),
    "K061": ("Add a scenario", "4.1 MB,", "4.1 Mbit,"),
    "K047": ("Add a fact", "quota", "hard-limit"),
    "K026": ("Add a fact", "unit: MB", "unit: mb"),
    "K081": ("Add a capability", "    unasked: .*\n", ""),
    "K082": (
        "Add a capability",
        r"(async-inference: \{state: 'yes'), .*\}",
        "async-inference: {state: 'yes'}",
    ),
    "K032": ("Add a question", "    values: .*\n", ""),
    "K005 decisions": ("Add a decision", "example-two", "example-tow"),
    "K070": ("Add words", "value: waits", "value: waits\n    option: batch-transform"),
    "K005 scenarios": ("Add a scenario", "real-time-endpoint", "realtime-endpoint"),
}


@pytest.mark.parametrize("title", [t for t in EXAMPLES if t not in UNFINISHED])
def test_each_example_is_accepted_as_it_stands(title: str, tmp_path: Path) -> None:
    assert told(title, EXAMPLES[title], tmp_path) == []


def test_there_is_an_example_for_each_thing_and_it_has_at_most_ten_lines() -> None:
    things = (
        "a fact",
        "a table row",
        "an option",
        "a capability",
        "a question",
        "a decision",
        "a rule",
    )
    things = (*things, "a clash", "a setting", "a scenario", "words", "a page")
    assert list(EXAMPLES) == [f"Add {thing}" for thing in things]
    assert max(len(example.splitlines()) for example in EXAMPLES.values()) <= 10


@pytest.mark.parametrize("mistake", MISTAKES)
def test_a_mistake_in_the_yaml_says_what_the_guide_says(mistake: str, tmp_path: Path) -> None:
    title, old, new = MISTAKES[mistake]
    example = re.sub(old, lambda _: new, EXAMPLES[title], count=1)
    assert old == new or example != EXAMPLES[title]
    (said,) = [line for line in SAID if line.startswith(mistake)]
    assert without_lines(said) in told(title, example, tmp_path)


def test_a_misspelled_member_says_what_the_guide_says() -> None:
    setting = replace(support.known().settings["CFG003"], then={"MaxConcurency": {"set": True}})
    known = replace(support.known(), settings={"CFG099": setting})
    ((_, code, message, hint),) = member_findings(known, "CFG099")
    assert f"{code} settings/CFG099/then: {message} ({hint})" in SAID


def test_a_word_of_the_style_list_says_what_the_guide_says() -> None:
    written = {"rules": {"INF099": {"reason": "Serverless Inference takes requests of any kind."}}}
    ((_, code, message, hint),) = check_words(support.known(), written)
    assert f"{code} rules/INF099/reason: {message} ({hint})" in SAID


def test_an_option_that_its_decision_does_not_list_says_what_the_guide_says(tmp_path: Path) -> None:
    (said,) = [line for line in SAID if line.startswith("K031")]
    assert said in told("Add an option", EXAMPLES["Add an option"], tmp_path, listed=False)


def test_an_option_without_cells_says_what_the_guide_says(tmp_path: Path) -> None:
    (said,) = [line for line in SAID if line.startswith("K080")]
    assert said in told("Add an option", EXAMPLES["Add an option"], tmp_path, celled=False)


PAGES: dict[str, tuple[str, str]] = {
    # front matter, body
    "P001": ("tags: []", "{{ x y }}"),
    "P003": ("tags: []", "{{ 1 }}"),
    "P006": ("tags: []", "{{ fact('serverless.max_paylod') }}"),
    "P010": ("tags: []", "## Y `#exam-tpi`"),
    "P011": ("tags: [kind:concept, exam-tip]", ""),
    "P036": ("tags: []", "## Limits\n\n## Limits"),
    "P038": ("tags: []", "A <b>bold</b> word."),
    "P039": ("tags: []", "At most {serverless.max_payload}."),
    "P051": ("tags: []", "It accepts 25 MB."),
    "P021": ("links: {compare: [monitoring/indx.md]}", ""),
}


@pytest.mark.parametrize("code", PAGES)
def test_a_mistake_on_a_page_says_what_the_guide_says(code: str, tmp_path: Path) -> None:
    front, body = PAGES[code]
    (tmp_path / "monitoring").mkdir()
    (tmp_path / "monitoring/index.md").write_text("# Monitoring\n")
    (tmp_path / "x.md").write_text(f"---\n{front}\n---\n# X\n\n{body}\n")
    found = [
        problem_line(p).partition(" ")[2]
        for p in page_problems(
            tmp_path, support.with_values({"realtime.max_payload": 25}), macro_arguments()
        )
    ]
    (said,) = [line for line in SAID if line.startswith(code)]
    assert said in found


LINES = {
    "K091": '{"id" 1}',
    "K005 x-1": '{"id": "x-1", "text": "T", "option": "batch-transfrom"%s}',
    "K094": '{"id": "x-1", "text": "T", "option": "batch-transform"%s, "other": {},'
    ' "answers": {"payload": {"value": "4 MB", "quote": "4 MB"}}}',
}


def test_the_line_of_an_example_is_accepted_as_it_stands(tmp_path: Path) -> None:
    path = tmp_path / "reading/examples/inference.jsonl"
    path.parent.mkdir(parents=True)
    (line,) = re.findall(r"```json\n(.*\n)```", GUIDE)
    path.write_text(line, encoding="utf-8")
    assert example_problems(tmp_path, support.known(), tmp_path) == []


@pytest.mark.parametrize("mistake", LINES)
def test_a_mistake_in_an_example_says_what_the_guide_says(mistake: str, tmp_path: Path) -> None:
    path = tmp_path / "reading/examples/inference.jsonl"
    path.parent.mkdir(parents=True)
    rest = ', "accept": [], "batch": "x", "origin": "synthetic"'
    path.write_text(f"{LINES[mistake].replace('%s', rest)}\n", encoding="utf-8")
    (found,) = example_problems(tmp_path, support.known(), tmp_path)
    (said,) = [line for line in SAID if line.startswith(mistake)]
    assert problem_line(found).partition(" ")[2] == said


def test_every_message_of_the_guide_is_made_by_a_test() -> None:
    made = {
        *MISTAKES,
        *PAGES,
        *LINES,
        "K031",
        "K049",
        "K051",
        "K052",
        "K080",
        "P047",
        "K005 settings",
        "K095",
    }
    assert [said for said in SAID if not any(said.startswith(start) for start in made)] == []
    assert len(SAID) == len(made)


def test_the_guide_says_what_a_new_page_without_a_scenario_is_told(tmp_path: Path) -> None:
    (tmp_path / "docs/monitoring").mkdir(parents=True)
    (tmp_path / "mkdocs.yml").write_text((ROOT / "mkdocs.yml").read_text("utf-8"), "utf-8")
    new_page("monitoring/foo.md", "Foo", tmp_path)
    (found,) = practice_problems(support.known(), read_pages(tmp_path / "docs"))
    assert problem_line(found).partition(" ")[2] in SAID


def test_the_guide_says_what_new_page_says() -> None:
    with pytest.raises(NewPageError) as error:
        new_page("montoring/foo.md", "Foo")
    (said,) = re.findall(r"`(the navigation has .+?)`", GUIDE)
    assert str(error.value).startswith(said)


COMMANDS = sorted(set(re.findall(r"(?m)(?:`|^)make ([a-z-]+)", GUIDE)))


@pytest.mark.parametrize("target", COMMANDS)
def test_every_command_of_the_guide_is_there(target: str) -> None:
    assert re.search(rf"(?m)^{target}:", MAKEFILE)


# --- editors, hooks, forms


def test_the_hook_runs_targets_of_make_check_and_the_data_check() -> None:
    hook = (ROOT / ".ci/pre-commit").read_text(encoding="utf-8")
    recipe = re.search(r"(?m)^check:.*\n((?:\t.*\n)+)", MAKEFILE)
    assert recipe
    targets = re.findall(r"make -s ([a-z-]+)", hook)
    assert targets
    assert all(target in recipe[1] and f"\n{target}:" in MAKEFILE for target in targets)
    assert "-m macros check" in hook


@pytest.mark.parametrize("name", ["extensions", "settings"])
def test_the_editors_settings_are_json(name: str) -> None:
    assert json.loads((ROOT / f".vscode/{name}.json").read_text(encoding="utf-8"))


def test_editors_complete_the_yaml_from_its_schema() -> None:
    settings = json.loads((ROOT / ".vscode/settings.json").read_text(encoding="utf-8"))
    files = {str(file) for file in (ROOT / "docs/data").rglob("*.yml")}
    assert {str(ROOT / file) for file in settings["yaml.schemas"].values()} == files
    for schema, file in settings["yaml.schemas"].items():
        assert (ROOT / schema).is_file()
        first = (ROOT / file).read_text(encoding="utf-8").partition("\n")[0]
        assert first == f"# yaml-language-server: $schema=./{Path(schema).name}"


def test_the_devcontainer_sets_up_with_the_projects_own_script() -> None:
    text = (ROOT / ".devcontainer/devcontainer.json").read_text(encoding="utf-8")
    data = json.loads(re.sub(r"(?m)^\s*//.*$", "", text))
    assert data["postCreateCommand"].endswith("python3 .ci/setup.py --browser")


FORMS = sorted((ROOT / ".github/ISSUE_TEMPLATE").glob("[0-9]*.yml"))


@pytest.mark.parametrize("path", FORMS, ids=lambda path: path.stem)
def test_an_issue_form_has_what_github_asks_of_it(path: Path) -> None:
    form = read_yaml(path.read_text(encoding="utf-8"), path.name).data
    assert {"name", "description", "body"} <= form.keys()
    ids = [part["id"] for part in form["body"]]
    assert len(ids) == len(set(ids))
    assert {part["type"] for part in form["body"]} <= {"input", "textarea", "dropdown", "markdown"}
    assert all(part["attributes"]["label"] for part in form["body"])


def test_a_claim_about_a_fact_comes_with_its_source_and_its_day() -> None:
    form = read_yaml(FORMS[0].read_text(encoding="utf-8"), "fact").data
    required = {p["id"] for p in form["body"] if p.get("validations", {}).get("required")}
    assert {"source", "says", "checked"} <= required
    template = (ROOT / ".github/pull_request_template.md").read_text(encoding="utf-8")
    assert "Source (address" in template
    assert "Checked on (YYYY-MM-DD)" in template


def test_the_short_guide_leads_to_the_long_one() -> None:
    short = (ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8")
    assert len(short.splitlines()) < 25
    assert all((ROOT / target).exists() for target in re.findall(r"\]\(([^)#:]+)\)", short))
    assert "(docs/contributing.md)" in short
