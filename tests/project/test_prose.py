"""The pages are in plain technical English: short sentences, and one word for one thing."""

from pathlib import Path

import pytest

from macros.files import DOCS, ROOT
from tests.prose import Line, findings, plain, prose, reading_ease

PAGES = {str(file.relative_to(DOCS)): file for file in sorted(DOCS.rglob("*.md"))}
EASIEST_ALLOWED = 45


def told(file: Path) -> list[str]:
    """The findings of a page, each with its file and line."""
    return [
        f"{file.relative_to(ROOT)}:{line.number}: {finding}"
        for line in prose(file.read_text(encoding="utf-8"))
        for finding in findings(line)
    ]


def test_the_pages_have_short_sentences_and_the_terms_of_the_style_sheet() -> None:
    found = [finding for file in PAGES.values() for finding in told(file)]
    assert not found, "\n" + "\n".join(found)


def test_the_pages_read_easily_enough_for_a_technical_text() -> None:
    lines = [line for file in PAGES.values() for line in prose(file.read_text(encoding="utf-8"))]
    assert reading_ease(lines) >= EASIEST_ALLOWED


@pytest.mark.parametrize(
    ("text", "finding"),
    [
        ("It stands in the table.", "'stands' (write is, is listed, applies)"),
        ("Take a canary.", "'Take' (write use, choose, need, accept)"),
        ("It doesn't scale.", "'doesn't' (write the words in full)"),
        ("Watch out! Then go.", "'!' (write a full stop)"),
        ("The baking period ends.", "'baking period' (write bake time)"),
    ],
)
def test_a_word_to_avoid_is_found_with_the_better_one(text: str, finding: str) -> None:
    assert list(findings(Line(1, text))) == [finding]


def test_a_sentence_of_36_words_is_too_long_and_one_of_35_is_not() -> None:
    assert list(findings(Line(1, "word " * 34 + "end."))) == []
    (finding,) = findings(Line(1, "word " * 35 + "end."))
    assert finding.startswith("36 words in one sentence: word")


def test_code_macros_and_targets_of_links_are_no_prose() -> None:
    page = "---\ndescription: A page.\n---\n# T\n\n```python\ntake = 1\n```\n\nSee `take`.\n"
    assert [(line.number, line.text) for line in prose(page)] == [
        (2, "A page."),
        (4, "T"),
        (10, "See code."),
    ]
    assert plain('- **Up to:** [one](take.md) {{ fact("take.it") }} `#take`') == "Up to: one fact"
