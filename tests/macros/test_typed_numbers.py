"""Numbers that are typed on a page and that a fact holds: told with the fact, and nothing else."""

from pathlib import Path

import pytest

from checker.knowledge.model import Knowledge
from macros.knowledge.prose import Line
from macros.knowledge.typed_numbers import held
from macros.pages.checks import page_problems
from macros.registry import macro_arguments
from tests import support

TYPED = {
    "Serverless Inference takes up to 4 MB.": "4 MB",
    "It takes 25MB, not more.": "25MB",
    "The 25-MB limit is hard.": "25-MB",
    "Between 1 and 25,000 KB.": "25,000 KB",
    "From 4 to 25 MB fits.": "25 MB",
    "It ends after 60 seconds.": "60 seconds",
    "It ends after one minute, or 60 s.": "60 s",
    "## Requests over 25 MB": "25 MB",
    "- **limit:** 25\u00a0MB": "25\u00a0MB",
    "One endpoint has 15 containers at most.": "15 containers",
    "[25 MB](limits.md) is the limit.": "25 MB",
}
SILENT = (
    "It takes {{ fact('serverless.max_payload') }}.",
    "It takes `4 MB`.",
    'The guide said "4 MB" in the exam era.',
    "For example, a body of 4 MB fits.",
    "A file such as a photo of 4 MB fits.",
    "Suppose that a body has 4 MB.",
    "A month has {{ literal('720 hours') }}.",
    "```\n4 MB\n```",
    "All of it, 100%, goes to one variant.",
    "It takes 4.5 MB, 14 MB or version 4.",
    "It takes 4 steps and 1 instance.",
)


# The numbers that the texts above type, whatever AWS's limits are by now.
VALUES = {
    "realtime.max_payload": 25,
    "serverless.max_payload": 4,
    "serverless.max_timeout": 60,
    "multi_container.max": 15,
}


@pytest.fixture(scope="module")
def knowledge() -> Knowledge:
    """Today's facts with those numbers."""
    return support.with_values(VALUES)


def _told(body: str, root: Path, known: Knowledge) -> list[str]:
    (root / "x.md").write_text(f"# X\n\n{body}\n", encoding="utf-8")
    found = page_problems(root, known, macro_arguments())
    assert all(p.where == "docs/x.md:3" for p in found if p.code == "P051")
    return [p.message for p in found if p.code == "P051"]


@pytest.mark.parametrize("body", TYPED)
def test_a_typed_number_of_a_fact_is_told(body: str, tmp_path: Path, knowledge: Knowledge) -> None:
    (said,) = _told(body, tmp_path, knowledge)
    assert said.startswith(f"'{TYPED[body]}' is typed, and the value of ")


@pytest.mark.parametrize("body", SILENT)
def test_a_number_of_something_else_is_not_told(
    body: str, tmp_path: Path, knowledge: Knowledge
) -> None:
    assert _told(body, tmp_path, knowledge) == []


def test_the_fact_that_a_page_shows_already_is_named_first(
    tmp_path: Path, knowledge: Knowledge
) -> None:
    used, fact = '{{ fact("serverless.max_timeout") }}', knowledge.facts["serverless.max_timeout"]
    typed = f"# X\n\nAt most {fact.value} {fact.unit}.\n\n{used}\n"
    (tmp_path / "x.md").write_text(typed, encoding="utf-8")
    found = page_problems(tmp_path, knowledge, macro_arguments())
    (told,) = [p for p in found if p.code == "P051"]
    assert f"write {used}, or " in told.hint


def test_every_dimensioned_value_of_a_fact_is_found_when_it_is_typed(knowledge: Knowledge) -> None:
    holding = held(knowledge.facts)
    for key, fact in knowledge.facts.items():
        if isinstance(fact.value, int | float) and fact.unit in ("MB", "GB", "s", "min", "h"):
            line = Line(1, f"It is {fact.value:,} {fact.unit} here.")
            names = [name for _, found in holding.typed(line) for name in found]
            assert key in names or fact.value in (0, 1), line
