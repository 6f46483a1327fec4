"""The shape of a page: a text that can be read, front matter, one title, and the usual length.

Each check yields problems with the line of the page; see ``checks.page_problems``.
"""

import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from checker.knowledge.model import Knowledge
from checker.problems import Problem, did_you_mean
from macros.knowledge.reading import read_document
from macros.knowledge.yaml_lines import YamlSource, read_yaml
from macros.pages.sections import sections_of
from macros.pages.source import FRONT, Page

DRAFT = frozenset({"P040", "P041", "P042", "P043", "P044", "P047", "P050"})
"""What a page that somebody still writes may have: a preview shows it all the same."""
SHORTEST, LONGEST = 55, 205
DESCRIPTION = (40, 160)
_PRACTICE = re.compile(r'(?m)^## .+\n\n\{\{ practice\("([^"]+)"\) \}\}')
_FORMS: Mapping[str, tuple[type, str]] = {
    "description": (str, "write a sentence"),
    "tags": (list, "write a list: [kind:concept, stage:deploy]"),
    "links": (dict, "write {compare: [inference/serverless.md]}"),
}
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")
_FENCED = re.compile(r"^\s*(```|~~~).*?^\s*\1", re.MULTILINE | re.DOTALL)
_HEADING = re.compile(r"^(#+) +(.+?) *(?:\{[^{}]*\})?$", re.MULTILINE)
_INLINE = re.compile(r"`[^`\n]*`")
_PICTURE = re.compile(r"!\[\s*\]\(")
# What would run in a browser is told by ``checks``.
_TAG = re.compile(
    r"</?(?!(?:div|details|summary|script|iframe|object)\b)[a-zA-Z][a-zA-Z0-9-]*"
    r"(?![^<>]*\son[a-z]+\s*=)(?:\s[^<>]*)?/?>"
)
_YAML_FORM = re.compile(r"(?<!\{)\{([a-z][a-z0-9_]*\.[a-z0-9_.]+)\}(?!\})")
_FRONT_KEYS = ("description", "tags", "links", "hide", "title", "search")


def file_problems(file: Path, name: str) -> list[Problem]:
    """Why a file is no page that can be read; empty where it is one."""
    raw = file.read_bytes()
    try:
        text = raw.decode("utf-8")
    except UnicodeDecodeError as error:
        line = raw[: error.start].count(b"\n") + 1
        return [Problem("P032", f"{name}:{line}", "not UTF-8", "save the file as UTF-8")]
    return list(_text_problems(text, name))


def _text_problems(text: str, name: str) -> Iterator[Problem]:
    if not text.strip():
        yield Problem("P032", f"{name}:1", "the page is empty", "write it, or remove the file")
        return
    if text.startswith("\ufeff"):
        yield Problem("P032", f"{name}:1", "a byte-order mark", "save as UTF-8 without BOM")
    if match := _CONTROL.search(text):
        line = text.count("\n", 0, match.start()) + 1
        said = f"the control character U+{ord(match[0]):04X}"
        yield Problem("P032", f"{name}:{line}", said, "remove it")
    yield from _front_problems(text, name)
    if (start := _open_fence(text)) is not None:
        yield Problem(
            "P035", f"{name}:{start}", "a block of code without an end", "write ``` below it"
        )
    body = _FENCED.sub(lambda m: "\n" * m[0].count("\n"), text)
    front = FRONT.match(text)
    start = front.end() if front else 0
    # Lines above the body stay, so that numbers are those of the file.
    body = "\n" * text[:start].count("\n") + body[start:]
    yield from _heading_problems(body, name)
    yield from _inline_problems(_INLINE.sub("", body), name)


def _heading_problems(body: str, name: str) -> Iterator[Problem]:
    """One title, sections below it without a gap, each with its own words."""
    found = [
        (body.count("\n", 0, match.start()) + 1, len(match[1]), match[2])
        for match in _HEADING.finditer(body)
    ]
    titles = [line for line, level, _ in found if level == 1]
    if not titles:
        yield Problem("P034", f"{name}:1", "a page without a title", "write # and the title")
    for line in titles[1:]:
        said = f"a second title (first on line {titles[0]})"
        yield Problem("P034", f"{name}:{line}", said, "write ## for a section")
    first: dict[str, int] = {}
    above = 0
    for line, level, words in found:
        if first.setdefault(words.lower(), line) != line:
            said = f"the heading '{words}' again (first on line {first[words.lower()]})"
            yield Problem("P036", f"{name}:{line}", said, "give each section its own heading")
        if above and level > above + 1:
            said = f"'{'#' * level}' below '{'#' * above}'"
            yield Problem("P036", f"{name}:{line}", said, f"write {'#' * (above + 1)}")
        above = level


def _inline_problems(body: str, name: str) -> Iterator[Problem]:
    """What a reader would see as it is typed, or could not see: outside of code."""
    for number, line in enumerate(body.splitlines(), start=1):
        if _PICTURE.search(line):
            hint = "say in the brackets what it shows: ![a queue in front of two workers](...)"
            yield Problem("P037", f"{name}:{number}", "a picture without words", hint)
        elif match := _TAG.search(line):
            hint = "write Markdown, or put code in backquotes"
            yield Problem("P038", f"{name}:{number}", f"'{match[0][:40]}' is HTML", hint)
        if match := _YAML_FORM.search(line):
            said = f"'{match[0]}' is shown as text"
            hint = f'on a page, write {{{{ fact("{match[1]}") }}}}'
            yield Problem("P039", f"{name}:{number}", said, hint)


def _open_fence(text: str) -> int | None:
    """The line on which a block of code starts that nothing closes."""
    opened: int | None = None
    mark = ""
    for number, line in enumerate(text.splitlines(), start=1):
        if match := re.match(r"\s*(```|~~~)", line):
            if opened is None:
                opened, mark = number, match[1]
            elif match[1] == mark:
                opened = None
    return opened


def _front_problems(text: str, name: str) -> Iterator[Problem]:
    match = FRONT.match(text)
    if not match:
        if text.startswith("---\n"):
            yield Problem("P033", f"{name}:1", "front matter without an end", "write --- below it")
        return
    source = read_yaml(f"\n{match[1]}\n", name)
    yield from source.problems
    if source.data is None:
        return
    if not isinstance(source.data, dict):
        yield Problem("P033", f"{name}:2", "front matter is no mapping", "write 'key: value'")
        return
    yield from _key_problems(source, source.data)


def _key_problems(source: YamlSource, data: Mapping[str, Any]) -> Iterator[Problem]:
    for key in data:
        if key not in _FRONT_KEYS:
            hint = did_you_mean(str(key), _FRONT_KEYS)
            yield Problem("P033", source.place((key,)), f"unknown key '{key}'", hint)
    for key, (form, remedy) in _FORMS.items():
        if (value := data.get(key)) is not None and not isinstance(value, form):
            said = f"{key}: {str(value)[:60]!r} is not accepted here"
            yield Problem("P033", source.place((key,)), said, remedy)


def topic_problems(page: Page) -> Iterator[Problem]:
    """What a topic page needs beside its text: tags, a description, its length, what to read on."""
    where = f"docs/{page.path}:1"
    lines = page.body.count("\n") + page.offset
    if not SHORTEST <= lines <= LONGEST:
        hint = f"{SHORTEST} to {LONGEST}; one topic a page"
        yield Problem("P040", where, f"a page of {lines} lines", hint)
    for number, line in enumerate(page.body.splitlines(), start=1):
        if "TODO:" in line:
            place = f"docs/{page.path}:{page.offset + number}"
            yield Problem("P044", place, "a TODO of the template", "replace it with the words")
    shortest, longest = DESCRIPTION
    if not shortest <= len(page.description) <= longest:
        said = f"a description of {len(page.description)} characters"
        yield Problem("P041", where, said, f"{shortest} to {longest}")
    facets = {tag.partition(":")[0] for tag in page.tags if ":" in tag}
    for facet in sorted({"kind", "stage"} - facets):
        yield Problem("P042", where, f"no tag '{facet}:...'", "copy the tags of a page beside it")
    if "{{ see_also(" not in page.body:
        hint = f'end the page with {{{{ see_also("{page.path}") }}}}'
        yield Problem("P043", where, "no call of see_also", hint)


def practice_problems(known: Knowledge, pages: Mapping[str, Page]) -> list[Problem]:
    """Headings above practice of a page that no scenario is about: nothing would be below."""
    practised = {scenario.page.partition("#")[0] for scenario in known.scenarios.values()}
    found = []
    for path, page in pages.items():
        for match in _PRACTICE.finditer(page.body):
            if match[1] not in practised:
                line = page.offset + page.body[: match.start()].count("\n") + 1
                hint = f"add a scenario with page: {match[1]}, or remove the section"
                found.append(
                    Problem("P047", f"docs/{path}:{line}", "a section without practice", hint)
                )
    return found


def is_topic(page: Page) -> bool:
    """Whether a page is about a topic; the checker's pages and those at the top are not."""
    return "/" in page.path and not page.path.startswith("check/")


def anchor_problems(known: Knowledge, pages: Mapping[str, Page]) -> list[Problem]:
    """Entries of the YAML that point at a heading that their page does not have."""
    found = []
    for section in ("options", "services", "decisions", "scenarios", "changes"):
        for key, entry in getattr(known, section).items():
            name, _, anchor = entry.page.partition("#")
            if anchor and name in pages:
                anchors = [one.anchor for one in sections_of(pages[name])]
                if anchor not in anchors:
                    said = f"{section}/{key}/page: '{name}' has no heading '{anchor}'"
                    found.append(((section, key, "page"), said, did_you_mean(anchor, anchors)))
    if not found:
        return []
    document = read_document()
    return [Problem("P022", document.place(path), said, hint) for path, said, hint in found]


def place_problems(known: Knowledge, pages: Mapping[str, Page], root: Path) -> Iterator[Problem]:
    """Pages that nobody finds: outside of the navigation, or missing for a decision."""
    config = root / "mkdocs.yml"
    if not config.is_file():
        return
    nav = config.read_text(encoding="utf-8")
    for path in pages:
        if f"- {path}\n" not in nav and f": {path}\n" not in nav:
            hint = f"add '- {path}' below nav in mkdocs.yml"
            yield Problem("P045", f"docs/{path}:1", "the page is not in the navigation", hint)
    for key in known.decisions:
        path, form = f"check/{key}.md", f'{{{{ checker("{key}") }}}}'
        if path not in pages or form not in pages[path].body:
            said = f"the decision '{key}' has no page with its form"
            yield Problem("P046", f"docs/{path}:1", said, f"write it, with {form}")
