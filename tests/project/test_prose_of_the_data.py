"""The sentences of the YAML files are in plain technical English, like the pages."""

from collections.abc import Iterator
from pathlib import Path

import pytest
import yaml

from macros.files import DOCS, ROOT
from tests.prose import Line, findings, plain

DATA = DOCS / "data"
# What a person reads, by the name of its key; the words of a source or a situation are not ours.
SENTENCES = frozenset({
    "advice", "caption", "cells", "columns", "corner", "description", "fix", "fix_one", "fix_other",
    "hint", "label", "noun", "question", "reason", "says", "summary", "successor", "support",
    "text", "title", "unasked", "values", "what", "why",
})  # fmt: skip
# Sections whose `says` is ours and not the words of a source.
SAID_BY_US = frozenset({"capabilities", "clashes", "settings"})
ELSEWHERE = frozenset({"sources", "tags", "exams"})
TERMS = ("tables", "style-terms")


def sentences(text: str, file: str) -> Iterator[Line]:
    """Each sentence of a YAML file with its line."""
    yield from _below(yaml.compose(text, Loader=yaml.CSafeLoader), (), file)


def _below(node: yaml.Node, path: tuple[str, ...], file: str) -> Iterator[Line]:
    if isinstance(node, yaml.MappingNode):
        for key, value in node.value:
            yield from _below(value, (*path, key.value), file)
    elif isinstance(node, yaml.SequenceNode):
        for item in node.value:
            yield from _below(item, path, file)
    elif isinstance(node, yaml.ScalarNode) and _is_ours(path, file):
        yield Line(node.start_mark.line + 1, plain(node.value))


def _is_ours(path: tuple[str, ...], file: str) -> bool:
    quoted = "says" in path and path[0] not in SAID_BY_US
    quoted = quoted or (file, path[-1]) == ("scenarios", "text")
    ours = path[0] not in ELSEWHERE and path[:2] != TERMS
    return ours and not quoted and bool(SENTENCES & set(path[-2:]))


def told(file: Path) -> list[str]:
    """The findings of a YAML file, each with its line."""
    return [
        f"{file.relative_to(ROOT)}:{line.number}: {finding}"
        for line in sentences(file.read_text(encoding="utf-8"), file.stem)
        for finding in findings(line)
    ]


@pytest.mark.parametrize(
    "name", ["capabilities", "changes", "facts", "knowledge", "scenarios", "settings"]
)
def test_the_sentences_of_a_file_are_short_and_use_the_terms_of_the_style_sheet(name: str) -> None:
    found = told(DATA / f"{name}.yml")
    assert not found, "\n" + "\n".join(found)


def test_a_reason_is_read_and_what_a_source_says_is_not() -> None:
    rule = "rules:\n  A:\n    reason: Take it.\n"
    fact = "facts:\n  b:\n    says: Take it.\n    text: It stands.\n"
    text = rule + fact
    assert [(line.number, line.text) for line in sentences(text, "facts")] == [
        (3, "Take it."),
        (7, "It stands."),
    ]


def test_a_scenarios_text_stays_and_its_why_is_read() -> None:
    text = "scenarios:\n  S:\n    text: Take it.\n    why: It seldom does.\n"
    assert [line.text for line in sentences(text, "scenarios")] == ["It seldom does."]
