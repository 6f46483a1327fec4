"""Starting points as others read them: cfn-lint, Terraform's provider, our check, and the page."""

import json
from collections.abc import Iterator
from typing import Any

import hcl2
import pytest

from checker.config import check
from checker.knowledge.loading import load_knowledge, with_entries
from checker.session import Session
from checker.starting import FORMS, OPTIONS
from macros.files import ROOT
from macros.knowledge.reading import knowledge_json
from macros.runtime.split import split_knowledge, starting_part
from tests import support
from tests.linting import matches
from tests.starting import ANSWERS, Call, calls_of, cases, text_of, texts_of

type Json = dict[str, Any]

PROVIDER: Json = json.loads((ROOT / "tests/data/terraform-aws.json").read_bytes())["resources"]


@pytest.mark.parametrize("option", OPTIONS)
def test_cfn_lint_accepts_each_template(option: str) -> None:
    texts = texts_of(option, "cloudformation")
    assert [str(match) for text in texts for match in matches(text)] == []
    assert texts != []


def test_cfn_lint_finds_what_a_template_has_wrong() -> None:
    bad = text_of("canary-0", "cloudformation").replace("InitialInstanceCount", "Initial")
    assert matches(bad) != []


@pytest.mark.parametrize("option", OPTIONS)
def test_the_provider_knows_each_argument_of_the_configuration(option: str) -> None:
    texts = texts_of(option, "terraform")
    assert [fault for text in texts for fault in _unknown(text)] == []
    assert texts != []


def test_an_argument_that_the_provider_does_not_know_is_found() -> None:
    bad = text_of("canary-0", "terraform").replace("initial_instance_count", "instances")
    assert list(_unknown(bad)) != []


def _unknown(configuration: str) -> Iterator[str]:
    for entry in hcl2.loads(configuration)["resource"]:
        for kind, named in entry.items():
            for body in named.values():
                yield from _against(PROVIDER[kind.strip('"')], body, kind)


def _against(known: Json, body: Json, where: str) -> Iterator[str]:
    meta = {"lifecycle", "depends_on", "__is_block__", "__comments__", "__inline_comments__"}
    given = {name: value for name, value in body.items() if name not in meta}
    yield from (f"{where}: {name} is unknown" for name in given.keys() - known.keys())
    wanted = {name for name, entry in known.items() if entry["required"]}
    yield from (f"{where}: no {name}" for name in wanted - given.keys())
    for name in given.keys() & known.keys():
        inner = known[name]["is"]
        if isinstance(inner, dict):
            for block in given[name]:
                yield from _against(inner, block, f"{where}.{name}")


@pytest.mark.parametrize("option", OPTIONS)
def test_a_starting_point_passes_the_check_of_configurations(option: str) -> None:
    files = {f"{n}.yaml": text for n, text in enumerate(texts_of(option, "cloudformation"))}
    scripts = [calls_of(text) for text in texts_of(option, "boto3")]
    files |= {f"{n}.json": json.dumps(_requests(calls)) for n, calls in enumerate(scripts)}
    reports = {name: check({name: text}, support.known()).plain() for name, text in files.items()}
    assert {name: r["state"] for name, r in reports.items() if r["state"] != "clean"} == {}
    assert all(report["read"] for report in reports.values())


def _requests(calls: list[Call]) -> Json:
    """Calls as a file of requests has them."""
    made: dict[str, list[Json]] = {}
    for _, operation, settings in calls:
        if not operation.startswith("Describe"):
            made.setdefault(operation, []).append(settings)
    return made


def _on_a_page(decision: str) -> Session:
    """A session with what the page of a decision has loaded."""
    common, parts = split_knowledge(knowledge_json(support.known()))
    known = with_entries(load_knowledge(common), parts[decision])
    return Session(with_entries(known, starting_part(knowledge_json(support.known()))))


@pytest.mark.parametrize("decision", ANSWERS)
def test_the_page_has_what_a_starting_point_needs(decision: str) -> None:
    page = _on_a_page(decision)
    for case, (of, option, given) in cases().items():
        for form in FORMS if of == decision else ():
            assert page.start(decision, given, form, option)["text"] == text_of(case, form)
