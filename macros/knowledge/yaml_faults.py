"""What is wrong with a YAML text before its content counts, told by place, cause and remedy.

libyaml recurses for each level of nesting and an alias may mean a whole tree many times, so
both are bounded here, before anything is built from the text.
"""

import re
from collections.abc import Iterator

import yaml

from checker.problems import Problem

LARGEST = 2_000_000
DEEPEST = 40
_CONFLICT = re.compile(r"^(<{7}|={7}|>{7})( |$)", re.MULTILINE)
_TAB = re.compile(r"^ *\t", re.MULTILINE)
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")
# Spaces that no eye tells from a space, where YAML needs a real one.
_ODD_SPACE = re.compile(
    r"^[ ]*(?:- )?[\u00a0\u2000-\u200b\u202f\u3000]|:[\u00a0\u2000-\u200b\u202f\u3000]", re.M
)
# An entry that starts in the column of the sections: its keys are four spaces deep, not two.
_OUTDENTED = re.compile(r"^([^\s#'\"-][^\s:]*):[ ]*\n(?:[ ]*(?:#.*)?\n)*[ ]{4}\S", re.M)
_TWO_COLONS = re.compile(r":\s.*:(\s|$)")
_KEY = re.compile(r"^\s*[\w'\":.-]+:( |$)")
# What is open where the text breaks: the fault is where it opens.
_OPENED = ("flow sequence", "flow mapping", "simple key")
_INDENT = "indent it like the keys above and below"
_REMEDIES = {
    "mapping values are not allowed": "put text that holds ': ' in quotes",
    "did not find expected key": "indent it like the entry above, or put the text in quotes",
    "did not find expected '-'": "start each item of a list with '- ', all in one column",
    "could not find expected ':'": "write 'key: value' with a colon and a space",
    "found character that cannot start": "put the text in quotes",
    "did not find expected ',' or": "close the bracket, or put the text in quotes",
    "undefined alias": "put text that starts with '*' in quotes",
}


def faults(text: str, name: str) -> list[Problem]:
    """Faults for which a parser has no message, and limits; empty where there are none."""
    if len(text) > LARGEST:
        said = f"{len(text):,} characters, more than {LARGEST:,}"
        return [Problem("K001", f"{name}:1", said, "split the file")]
    found = [*_signs(text, name)]
    return found or list(_structure(text, name))


def _signs(text: str, name: str) -> Iterator[Problem]:
    if text.startswith("\ufeff"):
        yield Problem(
            "K001", f"{name}:1", "not YAML: a byte-order mark", "save as UTF-8 without BOM"
        )
    if match := _CONFLICT.search(text):
        where, said = _at(text, match, name), f"not YAML: a merge conflict ('{match[1]}')"
        yield Problem("K001", where, said, "keep one side and remove the three marks")
    if match := _TAB.search(text):
        yield Problem(
            "K001", _at(text, match, name), "not YAML: a tab in the indentation", "use spaces"
        )
    if match := _ODD_SPACE.search(text):
        said = f"not YAML: the space U+{ord(match[0][-1]):04X}"
        yield Problem("K001", _at(text, match, name, end=True), said, "write a plain space")
    if match := _OUTDENTED.search(text):
        said = f"not YAML: '{match[1]}' starts in the first column, like a section"
        yield Problem("K001", _at(text, match, name), said, "indent it by two spaces")
    if match := _CONTROL.search(text):
        said = f"not YAML: the control character U+{ord(match[0]):04X}"
        yield Problem("K001", _at(text, match, name), said, "remove it")


def _at(text: str, match: re.Match[str], name: str, *, end: bool = False) -> str:
    at = match.end() if end else match.start()
    return f"{name}:{text.count(chr(10), 0, at) + 1}"


def _structure(text: str, name: str) -> Iterator[Problem]:
    """Aliases and nesting beyond the limit; a text that cannot be parsed is told elsewhere."""
    if not re.search(r"[&*\[{]", text):
        return
    depth = 0
    try:
        for event in yaml.parse(text, Loader=yaml.CSafeLoader):
            where = f"{name}:{event.start_mark.line + 1 if event.start_mark else 1}"
            if isinstance(event, yaml.AliasEvent):
                hint = "put text that starts with '*' in quotes, and write a repetition out"
                yield Problem("K001", where, f"not YAML: an alias ('*{event.anchor}')", hint)
                return
            depth += isinstance(event, yaml.CollectionStartEvent)
            depth -= isinstance(event, yaml.CollectionEndEvent)
            if depth > DEEPEST:
                said = f"not YAML: nested more than {DEEPEST} levels deep"
                yield Problem("K001", where, said, "remove the extra brackets")
                return
    except yaml.YAMLError:
        return


def explain(error: yaml.YAMLError, text: str, name: str) -> Problem:
    """A parser's error with its cause: a quote that was left open is told where it opens."""
    mark = getattr(error, "problem_mark", None)
    context = getattr(error, "context_mark", None)
    said = getattr(error, "problem", None) or str(error)
    line = mark.line + 1 if mark else 1
    if opened := _open_quote(text, line):
        message = "a quote that is not closed on its line"
        hint = f"close it, or double a quote inside it; the text breaks on line {line}"
        return Problem("K001", f"{name}:{opened}", f"not YAML: {message}", hint)
    if "quoted scalar" in (getattr(error, "context", None) or "") and context:
        return Problem("K001", f"{name}:{context.line + 1}", "not YAML: an open quote", "close it")
    during = getattr(error, "context", None) or ""
    if context and any(part in during for part in _OPENED):
        line = context.line + 1
    written = text.splitlines()[line - 1 : line]
    if "mapping values" in said and written and not _TWO_COLONS.search(written[0]):
        return Problem("K001", f"{name}:{line}", f"not YAML: {said}", _INDENT)
    hint = next((remedy for start, remedy in _REMEDIES.items() if start in said), "")
    return Problem("K001", f"{name}:{line}", f"not YAML: {said}", hint)


def _open_quote(text: str, broken: int) -> int | None:
    """The line on which a quoted text opens that swallows keys of later lines, if there is one."""
    last: int | None = None
    try:
        for token in yaml.scan(text, Loader=yaml.CSafeLoader):
            if isinstance(token, yaml.ScalarToken) and token.style in ("'", '"'):
                first, end = token.start_mark.line, token.end_mark.line
                inner = text.splitlines()[first + 1 : end + 1] if end > first else []
                if any(_KEY.match(line) for line in inner):
                    last = first + 1
            if token.start_mark.line + 1 > broken:
                break
    except yaml.YAMLError as error:
        mark = getattr(error, "context_mark", None)
        if mark and "quoted scalar" in (getattr(error, "context", None) or ""):
            return last or int(mark.line) + 1
    return last
