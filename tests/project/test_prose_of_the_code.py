"""Docstrings, comments and messages are in plain technical English, like the pages."""

import ast
import io
import re
import tokenize
from collections.abc import Iterator
from pathlib import Path

from macros.files import DOCS, ROOT
from tests.prose import Line, findings, plain

FOLDERS = (".ci", "bench", "checker", "macros", "skills", "tests")
SOURCES = {
    str(file.relative_to(ROOT)): file
    for folder in FOLDERS
    for file in sorted((ROOT / folder).rglob("*.py"))
}
SCRIPTS = {
    str(file.relative_to(ROOT)): file
    for file in sorted((DOCS / "assets").rglob("*.js"))
    if not {"runtime", "vendor"} & set(file.parts)
}
# What other people write, as patterns and examples: their words are not ours.
OTHERS = ("checker/text/", "checker/quantities/", "tests/")
_QUOTED = re.compile(r'"[^"]*"')
_COMMENT = re.compile(r"(?:^|\s)//\s+(.*)")


def prose_of(text: str, messages: bool) -> Iterator[Line]:
    """Comments and docstrings of a module, and its other strings where they are messages."""
    for token in tokenize.generate_tokens(io.StringIO(text).readline):
        if token.type == tokenize.COMMENT:
            yield _line(token.start[0], token.string.lstrip("# "))
    tree = ast.parse(text)
    docstrings = {id(node.value) for node in ast.walk(tree) if isinstance(node, ast.Expr)}
    for node in ast.walk(tree):
        if not isinstance(node, ast.Constant) or not isinstance(node.value, str):
            continue
        if id(node) in docstrings or (messages and " " in node.value):
            for number, line in enumerate(node.value.splitlines()):
                yield _line(node.lineno + number, line)


def _line(number: int, text: str) -> Line:
    return Line(number, plain(_QUOTED.sub("quoted", text)))


def told(name: str, lines: Iterator[Line]) -> list[str]:
    return [f"{name}:{line.number}: {finding}" for line in lines for finding in findings(line)]


def test_modules_have_short_sentences_and_the_terms_of_the_style_sheet() -> None:
    found = []
    for name, file in SOURCES.items():
        text = file.read_text(encoding="utf-8")
        found += told(name, prose_of(text, messages=not name.startswith(OTHERS)))
    assert not found, "\n" + "\n".join(found)


def test_the_comments_of_scripts_have_the_terms_of_the_style_sheet() -> None:
    found = [one for name, file in SCRIPTS.items() for one in told(name, comments(file))]
    assert not found, "\n" + "\n".join(found)


def comments(file: Path) -> Iterator[Line]:
    for number, line in enumerate(file.read_text(encoding="utf-8").splitlines(), start=1):
        if match := _COMMENT.search(line):
            yield _line(number, match[1])


def test_a_comment_a_docstring_and_a_message_are_read_and_a_quote_is_not() -> None:
    module = '"""It takes \\"a lie\\"."""\nx = "do not take it"  # it stands\n'
    lines = list(prose_of(module, messages=True))
    assert {(line.number, line.text) for line in lines} == {
        (1, "It takes quoted."),
        (2, "it stands"),
        (2, "do not take it"),
    }
    assert len(told("x.py", prose_of(module, messages=False))) == 2
