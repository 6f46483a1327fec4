"""The contributor's guide as tests read it: its examples, its messages, and where each belongs."""

import re
from pathlib import Path
from typing import Any

from macros.files import ROOT
from macros.knowledge.reading import KnowledgeError, problem_line, read_knowledge
from tests import excerpt

TEXT = (ROOT / "docs/contributing.md").read_text(encoding="utf-8")
GUIDE = TEXT.replace("{% raw %}{% raw %}{% endraw %}", "{% raw %}")
GUIDE = re.sub(r"\{% raw %\}(\{\{.*?\}\})\{% endraw %\}", r"\1", GUIDE)
SECTIONS = dict(re.findall(r"(?ms)^## (.+?)\n(.*?)(?=^## |\Z)", GUIDE))
EXAMPLES = {
    title: match[1]
    for title, text in SECTIONS.items()
    if title.startswith("Add") and (match := re.search(r"(?s)```\w+\n(.*?)```", text))
}
# What is no row of the YAML.
UNFINISHED = ("Add a page",)
# What a decision needs besides, by section, and its page.
PARTS = re.findall(r"(?s)```yaml\n(.*?)```", SECTIONS["Add a decision"])[1]
(PAGE,) = re.findall(r"(?s)```markdown\n(.*?)```", GUIDE)
_SECTIONS = {
    "words": "lexicon",
    "question": "fields",
    "capability": "capabilities",
    "clash": "clashes",
}
SAID = re.findall(r"`([KP]\d{3} .+?)`(?=\n|$)", GUIDE)


def with_example(
    title: str,
    example: str,
    root: Path,
    *,
    listed: bool = True,
    celled: bool = True,
    parts: str = PARTS,
) -> Path:
    """A small knowledge.yml with an example put where its section of the guide says."""
    text = excerpt.text()
    if title == "Add a table row":
        # The only table is last but for the sections that follow it.
        assert example.startswith(_indent_of_rows())
        rows = re.sub(r"(?m)^  ", "", example)
        text = re.sub(r"(?m)^scenarios:", lambda _: f"{rows}scenarios:", text, count=1)
    else:
        word = _SECTIONS.get(title.split()[-1])
        section = f"{word or title.split()[-1] + 's'}:"
        text = text.replace(f"{section} {{}}\n", f"{section}\n")
        # The excerpt has the options of one decision.
        example = example.replace("[inferentia]", "[batch-transform]")
        text = re.sub(rf"(?m)^{section}$", lambda _: f"{section}\n{example}", text, count=1)
    if title == "Add an option" and listed:
        text = text.replace("    options:\n", "    options:\n    - example-option\n", 1)
    if title == "Add an option":
        rule = EXAMPLES["Add a rule"].replace("[serverless-inference]", "[example-option]")
        text = text.replace("\nrules:\n", f"\nrules:\n{rule.replace('must', 'prefer')}", 1)
    if title == "Add an option" and celled:
        cell = "      example-option: {state: 'yes', has: sagemaker/CreateModel}\n"
        text = re.sub(r"(?m)^    cells:\n(?=      \w)", lambda m: m[0] + cell, text)
    if title == "Add a decision":
        text = with_parts(text, parts)
    return excerpt.write(root, text)


def _indent_of_rows() -> str:
    """What is before a row in the real file; the excerpt has two spaces less."""
    table = (ROOT / "docs/data/knowledge.yml").read_text(encoding="utf-8")
    found = re.search(r"(?s)\n  deployment-comparison:\n.*?\n    rows:\n( +- label: )", table)
    assert found
    return found[1]


def with_parts(text: str, parts: str) -> str:
    """The entries of the guide, each below its section."""
    for section, entries in re.findall(r"(?m)^(\w+):\n((?:  .*\n)+)", parts):
        assert f"\n{section}:\n" in text
        text = text.replace(f"\n{section}:\n", f"\n{section}:\n{entries}", 1)
    return text


def told(title: str, example: str, root: Path, **parts: Any) -> list[str]:
    try:
        read_knowledge(with_example(title, example, root, **parts), root)
    except KnowledgeError as error:
        return [without_lines(problem_line(p).partition(" ")[2]) for p in error.problems]
    return []


def without_lines(text: str) -> str:
    return re.sub(r"(on line |rows/|fields/)\d+", r"\1N", text)
