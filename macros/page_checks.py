"""Checks of the pages' sources, before anything is rendered.

Macros mean that a page could run code at build time: the template engine is not sandboxed. So a
page may call the project's macros by name with literal text, and nothing else.
"""

from collections.abc import Collection, Iterable, Iterator, Mapping
from pathlib import Path

from jinja2 import Environment, TemplateSyntaxError, nodes

from checker.model import Knowledge
from checker.problems import Problem, did_you_mean
from macros.knowledge import ROOT, SOURCE
from macros.names import MACROS
from macros.pages import LINK_TYPES, Page, read_pages
from macros.sections import Section, sections_of
from macros.yaml_source import read_yaml_file

_PARSER = Environment(autoescape=True)


def page_problems(docs: Path, known: Knowledge) -> list[Problem]:
    """Everything wrong with the pages below ``docs``, in order of file and line."""
    pages = read_pages(docs)
    found: list[Problem] = []
    for page in pages.values():
        found += call_problems(page)
        found += _reference_problems(page, pages, known)
        found += _tag_problems(page, known)
        found += _link_problems(page, pages)
    return [*found, *_lonely_tags(pages, known)]


def _at(page: Page, line: int) -> str:
    return f"docs/{page.path}:{page.offset + line}"


def call_problems(page: Page) -> Iterator[Problem]:
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
            yield Problem("P002", _at(page, node.lineno), f"'{name}' is not allowed on a page")
            continue
        for part in node.nodes:
            yield from _expression_problems(page, part)


def _expression_problems(page: Page, part: nodes.Node) -> Iterator[Problem]:
    if isinstance(part, nodes.TemplateData):
        return
    where = _at(page, part.lineno)
    if not isinstance(part, nodes.Call) or not isinstance(part.node, nodes.Name):
        yield Problem("P003", where, "only calls of macros by name are allowed", "{{ fact('id') }}")
    elif part.node.name not in MACROS:
        hint = did_you_mean(part.node.name, MACROS)
        yield Problem("P004", where, f"there is no macro '{part.node.name}'", hint)
    elif part.kwargs or part.dyn_args or part.dyn_kwargs or not _literal(part.args):
        yield Problem("P005", where, f"'{part.node.name}' takes plain text in quotes only")


# What the arguments of a macro name: a part of the YAML, or a page.
_NAMES = {
    "checker": "decisions",
    "checker_link": "decisions",
    "decision_diagram": "decisions",
    "exam_view": "facts",
    "fact": "facts",
    "limits_of": "options",
    "practice": "pages",
    "practice_all": "decisions",
    "rules_of": "decisions",
    "see_also": "pages",
    "statement": "facts",
    "status": "services",
    "table": "tables",
}
_FIRST_ONLY = frozenset({"checker_link"})


def _reference_problems(
    page: Page, pages: Mapping[str, Page], known: Knowledge
) -> Iterator[Problem]:
    """Names in macro calls that nothing has; a page that cannot be parsed is told elsewhere."""
    if any(problem.code == "P001" for problem in call_problems(page)):
        return
    for call in _PARSER.parse(page.body).find_all(nodes.Call):
        if not isinstance(call.node, nodes.Name) or call.node.name not in _NAMES:
            continue
        kind = _NAMES[call.node.name]
        names = _names(kind, pages, known)
        arguments = call.args[:1] if call.node.name in _FIRST_ONLY else call.args
        for argument in arguments:
            name = argument.value if isinstance(argument, nodes.Const) else None
            if isinstance(name, str) and name not in names:
                message = f"{call.node.name}: there is no {kind[:-1]} '{name}'"
                yield Problem("P006", _at(page, call.lineno), message, did_you_mean(name, names))


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
                yield Problem("P021", where, f"link to '{target}', which is no page", hint)


def _lonely_tags(pages: Mapping[str, Page], known: Knowledge) -> Iterator[Problem]:
    """A tag that stands once leads nowhere else; one that stands nowhere is dead."""
    places: dict[str, list[str]] = {}
    for page in pages.values():
        for section in sections_of(page):
            for tag in section.own:
                places.setdefault(tag, []).append(_tag_place(page, section))
    lonely = [tag for tag in known.tags if len(places.get(tag, [])) < 2]
    if not lonely:
        return
    source = read_yaml_file(SOURCE, ROOT)
    for tag in lonely:
        where, word = source.place(("tags", tag)), "nowhere"
        if tag in places:
            where, word = places[tag][0], "once"
        hint = "use it in two places or more, or remove it"
        yield Problem("P012", where, f"the tag '{tag}' is used {word}", hint)
