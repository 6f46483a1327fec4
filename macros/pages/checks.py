"""Checks of the pages' sources, before anything is rendered.

Macros mean that a page could run code at build time: the template engine is not sandboxed. So a
page may call the project's macros by name with literal text, and nothing else.
"""

import math
import re
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from jinja2 import Environment, TemplateSyntaxError, nodes

from checker.knowledge.model import Knowledge
from checker.problems import Problem, did_you_mean
from macros.files import ROOT, SOURCE
from macros.knowledge.prose import Words, findings, prose, style_words
from macros.knowledge.typed_numbers import Held, held, named
from macros.knowledge.yaml_lines import YamlSource, read_yaml
from macros.pages.sections import Section, sections_of
from macros.pages.shape import (
    anchor_problems,
    file_problems,
    is_topic,
    place_problems,
    practice_problems,
    topic_problems,
)
from macros.pages.source import LINK_TYPES, Page, read_pages

_PARSER = Environment(autoescape=True)
_FENCE = re.compile(r"\s*(```|~~~)")
_CODE = re.compile(r"`[^`]*`")
_RUNS = re.compile(r"<script\b|<iframe\b|<object\b|\son[a-z]+\s*=|javascript:", re.IGNORECASE)
_CONFLICT = re.compile(r"(<{7}|={7}|>{7})( |$)")
_FACTS = re.compile(r"\{\{ \w+\(\"([a-z0-9_.]+)\"")
_ONE = {"capabilities": "capability"}


@dataclass(frozen=True)
class Takes:
    """What the arguments of a macro name: a section of the knowledge, ``pages``, or nothing."""

    kind: str = ""
    first_only: bool = False
    """Whether only the first argument is such a name; the rest is free text."""
    second: str = ""
    """The section that a second argument names, where it names something else."""
    least: int = 0
    """How many arguments it needs."""
    most: float = math.inf


type Macros = Mapping[str, Takes]


def page_problems(docs: Path, known: Knowledge, macros: Macros) -> list[Problem]:
    """Everything wrong with the pages below ``docs``, in order of file and line.

    ``macros`` holds every macro that a page may call, by name.
    """
    pages = read_pages(docs)
    found: list[Problem] = []
    avoid, holding = style_words(known), held(known.facts)
    for path, page in pages.items():
        broken = file_problems(docs / path, f"docs/{path}")
        found += broken
        if any(problem.code == "P032" for problem in broken):
            continue
        found += call_problems(page, macros)
        found += _reference_problems(page, pages, known, macros)
        found += _markup_problems(page)
        found += _tag_problems(page, known)
        found += _link_problems(page, pages)
        found += _prose_problems(page, docs, avoid)
        found += _typed_problems(page, docs, holding)
        if is_topic(page):
            found += topic_problems(page)
    return [
        *found,
        *anchor_problems(known, pages),
        *practice_problems(known, pages),
        *place_problems(known, pages, docs.parent),
        *_lonely_tags(pages, known),
    ]


def _at(page: Page, line: int) -> str:
    return f"docs/{page.path}:{page.offset + line}"


def call_problems(page: Page, macros: Macros) -> Iterator[Problem]:
    """Anything in a page's templates but calls of known macros with literal text."""
    try:
        tree = _PARSER.parse(page.body)
    except TemplateSyntaxError as error:
        hint = "put {% raw %} around braces that are meant as text"
        yield Problem("P001", _at(page, error.lineno), f"not readable: {error.message}", hint)
        return
    for node in tree.body:
        if not isinstance(node, nodes.Output):
            name = type(node).__name__.lower()
            hint = "a page calls macros by name: {{ fact('id') }}"
            said = f"'{name}' is not allowed on a page"
            yield Problem("P002", _at(page, node.lineno), said, hint)
            continue
        for part in node.nodes:
            yield from _expression_problems(page, part, macros)


def _expression_problems(page: Page, part: nodes.Node, macros: Macros) -> Iterator[Problem]:
    if isinstance(part, nodes.TemplateData):
        return
    where = _at(page, part.lineno)
    if not isinstance(part, nodes.Call) or not isinstance(part.node, nodes.Name):
        yield Problem("P003", where, "only calls of macros by name are allowed", "{{ fact('id') }}")
    elif part.node.name not in macros:
        hint = did_you_mean(part.node.name, macros)
        yield Problem("P004", where, f"there is no macro '{part.node.name}'", hint)
    elif part.kwargs or part.dyn_args or part.dyn_kwargs or not _literal(part.args):
        said = f"'{part.node.name}' accepts plain text in quotes only"
        yield Problem("P005", where, said, f"write {{{{ {part.node.name}('...') }}}}")
    else:
        takes = macros[part.node.name]
        if not takes.least <= len(part.args) <= takes.most:
            said = f"'{part.node.name}' with {len(part.args)} arguments"
            number = f"{takes.least}" + (f" to {takes.most}" if takes.most != takes.least else "")
            yield Problem("P007", where, said, f"it has {number}")


def _reference_problems(
    page: Page, pages: Mapping[str, Page], known: Knowledge, macros: Macros
) -> Iterator[Problem]:
    """Names in macro calls that nothing has; a page that cannot be parsed is told elsewhere."""
    if any(problem.code == "P001" for problem in call_problems(page, macros)):
        return
    for call in _PARSER.parse(page.body).find_all(nodes.Call):
        if not isinstance(call.node, nodes.Name):
            continue
        name = call.node.name
        takes = macros.get(name, Takes())
        first = call.args[:1] if takes.first_only or takes.second else call.args
        for kind, arguments in ((takes.kind, first), (takes.second, call.args[1:2])):
            names = _names(kind, pages, known) if kind else ()
            for argument in arguments if kind else ():
                given = argument.value if isinstance(argument, nodes.Const) else None
                if isinstance(given, str) and given not in names:
                    message = f"{name}: there is no {_ONE.get(kind, kind[:-1])} '{given}'"
                    hint = did_you_mean(given, names)
                    yield Problem("P006", _at(page, call.lineno), message, hint)


def _names(kind: str, pages: Mapping[str, Page], known: Knowledge) -> Collection[str]:
    """What a macro finds: a fact by its part as well, a service by its option as well."""
    if kind == "pages":
        return pages
    section: Collection[str] = getattr(known, kind)
    if kind == "facts":
        parts = (f"{key}.{part}" for key, fact in known.facts.items() for part in fact.parts)
        return {*section, *parts}
    if kind == "services":
        return {*section, *(key for key, option in known.options.items() if option.service)}
    return section


def _literal(arguments: Iterable[nodes.Node]) -> bool:
    return all(isinstance(a, nodes.Const) and isinstance(a.value, str) for a in arguments)


def _markup_problems(page: Page) -> Iterator[Problem]:
    """What would run in a reader's browser, outside of code; and marks of a merge conflict."""
    fenced = False
    for number, line in enumerate(page.body.splitlines(), start=1):
        if _FENCE.match(line):
            fenced = not fenced
        plain = "" if fenced else _CODE.sub("", line)
        if match := _RUNS.search(plain):
            hint = "scripts are files below docs/assets/; write code in backquotes"
            yield Problem("P030", _at(page, number), f"'{match[0].strip()}' would run", hint)
        if _CONFLICT.match(line):
            yield Problem("P031", _at(page, number), "a merge conflict", "keep one side")


def _prose_problems(page: Page, docs: Path, avoid: Words) -> Iterator[Problem]:
    for line in prose((docs / page.path).read_text(encoding="utf-8")):
        for said, better in findings(line, avoid):
            yield Problem("P050", f"docs/{page.path}:{line.number}", said, better)


def _typed_problems(page: Page, docs: Path, holding: Held) -> Iterator[Problem]:
    """Numbers of facts that are typed; a fact that the page shows already is named first."""
    used = _FACTS.findall(page.body)
    for line in prose((docs / page.path).read_text(encoding="utf-8")):
        for shown, references in holding.typed(line):
            said, name = named(shown, references, used)
            hint = (
                f'write {{{{ fact("{name}") }}}}, or {{{{ literal("{shown}") }}}} if it is no fact'
            )
            yield Problem("P051", f"docs/{page.path}:{line.number}", said, hint)


def _tag_problems(page: Page, known: Knowledge) -> Iterator[Problem]:
    for section in sections_of(page):
        where = _tag_place(page, section)
        for tag in section.own:
            if tag not in known.tags:
                hint = did_you_mean(tag, known.tags)
                yield Problem("P010", where, f"unknown tag '{tag}'", hint)
        if list(section.own) != (right := sorted(set(section.own))):
            yield Problem("P011", where, "tags out of order", f"write {', '.join(right)}")


def _tag_place(page: Page, section: Section) -> str:
    return _at(page, section.line if section.level else 1 - page.offset)


def _link_problems(page: Page, pages: Mapping[str, Page]) -> Iterator[Problem]:
    where = _at(page, 1 - page.offset)
    for kind, targets in page.links.items():
        if kind not in LINK_TYPES:
            hint = did_you_mean(kind, LINK_TYPES)
            yield Problem("P020", where, f"unknown kind of link '{kind}'", hint)
        for target in targets:
            if target not in pages:
                hint = did_you_mean(target, pages)
                yield Problem("P021", where, f"link to '{target}', which is not a page", hint)


@lru_cache(maxsize=1)
def _with_lines(text: str) -> YamlSource:
    """Where the tags are; a preview and the tests ask again and again for the same text."""
    return read_yaml(text, str(SOURCE.relative_to(ROOT)))


def _lonely_tags(pages: Mapping[str, Page], known: Knowledge) -> Iterator[Problem]:
    """A tag that is used once leads nowhere else; one that is used nowhere is dead."""
    places: dict[str, list[str]] = {}
    for page in pages.values():
        for section in sections_of(page):
            for tag in section.own:
                places.setdefault(tag, []).append(_tag_place(page, section))
    lonely = [tag for tag in known.tags if len(places.get(tag, [])) < 2]
    if not lonely:
        return
    source = _with_lines(SOURCE.read_text(encoding="utf-8"))
    for tag in lonely:
        where, word = source.place(("tags", tag)), "nowhere"
        if tag in places:
            where, word = places[tag][0], "once"
        hint = "use it in two places or more, or remove it"
        yield Problem("P012", where, f"the tag '{tag}' is used {word}", hint)
