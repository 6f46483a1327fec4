"""Every macro by name, with the knowledge and the page's place filled in.

The knowledge is read and checked once a build, in a preview once an edit; a page's place is taken
from the ``page`` that both engines put into the template context.
"""

from functools import lru_cache, partial
from pathlib import Path
from typing import Any

from jinja2 import pass_context
from jinja2.runtime import Context

from checker.model import Knowledge
from macros import (
    audits,
    decision_map,
    diagrams,
    explorer,
    facts,
    forms,
    practice,
    related,
    status,
    tables,
)
from macros.build import DOWNLOAD, Inputs, build_inputs
from macros.dependencies import Macro
from macros.knowledge import ROOT, SOURCE, write_if_changed
from macros.pages import Page, for_zensical, read_pages
from macros.reload import Preview
from macros.sections import tagged_sections
from macros.source_links import NOWHERE, SourceLinks, repository_address

DOCS = ROOT / "docs"


@lru_cache(maxsize=1)
def _pages(changed: int) -> dict[str, Page]:
    return read_pages(DOCS)


# Zensical registers the macros for each page: what all pages share is made for the first one.
@lru_cache(maxsize=1)
def _inputs(changed: int) -> Inputs:
    return build_inputs()


def _newest(folder: Path) -> int:
    data = SOURCE.parent
    files = (*folder.rglob("*.md"), *data.glob("*.yml"), *data.glob("*.jsonl"))
    return max((file.stat().st_mtime_ns for file in files), default=0)


_preview: Preview | None = None


def follow(preview: Preview | None) -> None:
    """Tell a preview which pages its edits reach; for ``macros/preview.py``, the hook."""
    global _preview
    _preview = preview


def register(env: Any) -> None:
    """Give the template engine every macro."""
    changed = _newest(DOCS)
    inputs = _preview.inputs() if _preview else _inputs(changed)
    # For overrides/main.html, which lets a page with a checker start it early.
    python = {"core": inputs.runtime.path, "checker": inputs.runtime.checker_path}
    env.conf["extra"]["python"] = python
    pages = _pages(changed)
    write_if_changed(DOCS / explorer.INDEX, explorer.index_json(pages, inputs.knowledge))
    address = repository_address(env.conf, SOURCE.relative_to(DOCS).as_posix())
    macros_with = partial(_macros, pages=pages, source=SourceLinks(address, inputs.lines))
    macros = _preview.followed(inputs, macros_with) if _preview else macros_with(inputs)
    for name, function in macros.items():
        env.macro(_with_page(function), name)


def _with_page(function: Macro) -> Macro:
    """Give a macro the page it stands on, by its path below ``docs/``, in MkDocs and Zensical."""

    @pass_context
    def call(context: Context, *arguments: str) -> str:
        page = context["page"]
        if file := getattr(page, "file", None):
            return function(*arguments, page=str(file.src_uri))
        return for_zensical(function(*arguments, page=page.path), page.path)

    return call


def _macros(
    inputs: Inputs, pages: dict[str, Page], source: SourceLinks = NOWHERE
) -> dict[str, Macro]:
    """Every macro that a page may call, by name."""
    known = inputs.knowledge
    tagged = tagged_sections(pages)
    connections = related.connect(pages, tagged)
    return {
        "fact": lambda reference, page: facts.fact_value(reference, known, page),
        "statement": lambda reference, page: facts.statement(reference, known, page),
        "exam_view": lambda *ids, page: facts.exam_view(ids, known, page),
        "status": lambda name, page: status.badge(name, known, page),
        "status_board": lambda page: status.status_board(known, page),
        "exam_dates": lambda page: status.exam_dates(known, page),
        "table": lambda name, page: tables.comparison(name, known, page, source),
        "limits_table": lambda page: tables.limits_table(known, source),
        "disputed_facts": lambda page: tables.disputed_facts(known),
        "limits_of": lambda option, page: practice.limits_of(option, known, page),
        "rules_of": lambda decision, page: practice.rules_table(decision, known, page),
        "practice": lambda of, page: practice.practice(_on_page(known, of), known, page, source),
        "practice_all": lambda d, page: practice.practice(
            _of_decision(known, d), known, page, source
        ),
        "see_also": lambda path, page: related.see_also(path, connections),
        "checker_link": lambda decision, query, text, page: practice.checker_link(
            decision, query, text, page
        ),
        "tag_vocabulary": lambda page: explorer.vocabulary(known, page),
        "tag_explorer": lambda page: explorer.explorer(known, tagged, page),
        "decision_map": lambda page: decision_map.decision_map(known),
        "decision_diagram": lambda decision, page: diagrams.diagram(decision, known),
        "audit_table": lambda page: audits.audit_table(known),
        "downloads": lambda page: audits.downloads(_files(inputs), DOCS, page),
        "checker": lambda *names, page: forms.checker(names, known, inputs.runtime, page, tagged),
    }


def _files(inputs: Inputs) -> dict[str, str]:
    return {
        inputs.runtime.download: "the checker as a Python package without dependencies, "
        "with the knowledge inside; install it with pip and run python -m checker",
        DOWNLOAD: "everything that this site knows, as JSON",
        "data/knowledge.schema.json": "the JSON Schema of its source",
    }


def _on_page(known: Knowledge, path: str) -> Any:
    return [(key, s) for key, s in known.scenarios.items() if s.page.partition("#")[0] == path]


def _of_decision(known: Knowledge, decision: str) -> Any:
    return [(key, s) for key, s in known.scenarios.items() if s.decision == decision]
