"""The pages' sources: what they may hold, how they are shaped, and that none can run code."""

import posixpath
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

from checker.knowledge.model import Knowledge
from macros.files import ROOT
from macros.pages.checks import call_problems, page_problems
from macros.pages.related import connect, typed_links
from macros.pages.sections import tagged_sections
from macros.pages.source import Page, read_page, read_pages
from macros.registry import macro_arguments

PAGES = read_pages(ROOT / "docs")
CONNECTIONS = connect(PAGES, tagged_sections(PAGES))
# The pages of the checker hold a form each, and the hub leads to them by a macro.
TOPICS = {p: page for p, page in PAGES.items() if "/" in p and not p.startswith("check/")}


def test_a_page_calls_macros_with_plain_text_and_nothing_else() -> None:
    macros = macro_arguments()
    assert [told for page in PAGES.values() for told in call_problems(page, macros)] == []


HOSTILE = {
    "attribute": "{{ ''.__class__ }}",
    "call of an attribute": "{{ fact.__globals__['os'].system('id') }}",
    "loop": "{% for x in y %}{% endfor %}",
    "include": "{% include 'x' %}",
    "assignment": "{% set x = 1 %}",
    "filter": "{{ fact('a') | upper }}",
    "expression as argument": "{{ fact('a' ~ 'b') }}",
    "call as argument": "{{ fact(fact('a')) }}",
    "named argument": "{{ fact(reference='a') }}",
    "number": "{{ fact(1) }}",
    "unknown macro": "{{ facts('a') }}",
    "variable": "{{ config }}",
    "not readable": "{{ fact('a' }}",
}


@pytest.mark.parametrize("body", HOSTILE.values(), ids=list(HOSTILE))
def test_a_page_that_could_run_code_is_refused_with_its_line(body: str) -> None:
    page = read_page("x.md", f"---\ndescription: x\n---\n# X\n\n{body}\n")
    (problem,) = call_problems(page, macro_arguments())
    assert problem.where == "docs/x.md:6"


def test_all_pages_pass_every_check_together(knowledge: Knowledge) -> None:
    assert page_problems(ROOT / "docs", knowledge, macro_arguments()) == []


def test_unknown_and_disordered_tags_and_links_are_reported_with_a_remedy(
    tmp_path: Path, knowledge: Knowledge
) -> None:
    front = "tags: [exam-tp, core]\nlinks: {compares: [nowhere.md]}"
    (tmp_path / "x.md").write_text(f"---\n{front}\n---\n# X\n\n## Y `#exam-tipp`\n")
    told = {
        p.code: p for p in page_problems(tmp_path, knowledge, macro_arguments()) if p.code != "P012"
    }
    assert set(told) == {"P010", "P011", "P020", "P021"}
    assert "did you mean exam-tip?" in told["P010"].hint


MISSPELT = {
    "fact": ("{{ fact('serverless.max_paylod') }}", "fact: there is no fact", "max_payload"),
    "part": ("{{ fact('serverless.memory_sizes.mn') }}", "fact: there is no fact", "sizes.min"),
    "second fact": (
        "{{ exam_view('serverless.pricing', 'serverless.prising') }}",
        "exam_view: there is no fact",
        "serverless.pricing",
    ),
    "table": ("{{ table('monitoring-comparisn') }}", "table: there is no table", "comparison"),
    "option": ("{{ limits_of('serverles-inference') }}", "no option", "serverless-inference"),
    "service": ("{{ status('serverles-inference') }}", "no service", "serverless-inference"),
    "decision": ("{{ practice_all('inferense') }}", "there is no decision", "inference"),
    "page": ("{{ practice('inference/serverles.md') }}", "no page", "inference/serverless.md"),
    "link": ("{{ checker_link('inferense', 'a=1', 'x') }}", "there is no decision", "inference"),
}


@pytest.mark.parametrize(("body", "says", "meant"), MISSPELT.values(), ids=list(MISSPELT))
def test_a_name_that_a_macro_does_not_find_is_reported_with_its_line_and_the_one_that_was_meant(
    body: str, says: str, meant: str, tmp_path: Path, knowledge: Knowledge
) -> None:
    (tmp_path / "inference").mkdir()
    (tmp_path / "inference/serverless.md").write_text("# Serverless\n")
    (tmp_path / "x.md").write_text(f"---\ntags: []\n---\n# X\n\n{body}\n")
    (problem,) = (
        p for p in page_problems(tmp_path, knowledge, macro_arguments()) if p.code == "P006"
    )
    assert problem.where == "docs/x.md:6"
    assert says in problem.message
    assert problem.hint.endswith(f"{meant}?")


def test_tags_of_a_section_out_of_order_are_reported_with_their_line(
    tmp_path: Path, knowledge: Knowledge
) -> None:
    (tmp_path / "x.md").write_text(
        "---\ntags: [core]\n---\n# X\n\n## Y `#kind:limit` `#exam-tip`\n"
    )
    (told,) = [p for p in page_problems(tmp_path, knowledge, macro_arguments()) if p.code == "P011"]
    assert (told.where, told.hint) == ("docs/x.md:6", "write exam-tip, kind:limit")


def test_a_tag_used_once_or_nowhere_is_reported_with_its_line(
    tmp_path: Path, knowledge: Knowledge
) -> None:
    (tmp_path / "x.md").write_text("# X\n\n## Y `#exam-tip`\n\n## Z `#core`\n\n## A `#core`\n")
    told = {
        p.message: p.where
        for p in page_problems(tmp_path, knowledge, macro_arguments())
        if p.code == "P012"
    }
    assert told.pop("the tag 'exam-tip' is used once") == "docs/x.md:3"
    yaml = (ROOT / "docs/data/knowledge.yml").read_text().splitlines()
    place = told["the tag 'stage:build' is used nowhere"]
    assert yaml[int(place.split(":")[1]) - 1].strip().startswith("'stage:build':")
    assert len(told) == len(knowledge.tags) - 2


def test_a_page_says_its_kind_and_a_topic_page_its_stage() -> None:
    facets = {p: {tag.partition(":")[0] for tag in page.tags} for p, page in PAGES.items()}
    wanted = {path: {"kind", "stage"} if path in TOPICS else {"kind"} for path in PAGES}
    assert {p: wanted[p] - found for p, found in facets.items() if not wanted[p] <= found} == {}


def test_a_topic_page_names_five_neighbours_at_most_and_never_itself() -> None:
    near = {path: [section.page for section, _ in CONNECTIONS.near.of(path)] for path in TOPICS}
    assert {p: pages for p, pages in near.items() if not 3 <= len(set(pages)) <= 5} == {}
    assert {p: pages for p, pages in near.items() if len(set(pages)) != len(pages)} == {}
    assert [path for path, pages in near.items() if path in pages] == []


def test_neighbours_share_the_rarest_tags_first() -> None:
    rare, usual = "'decision:rare'", "'stage:usual'"
    tags = {"a": f"{rare}, {usual}", "b": usual, "c": f"{rare}, {usual}", "d": usual, "e": rare}
    # Of the same kind, or just as important, is not about the same.
    tags |= {"f": "core", "g": "'status:current', 'kind:limit'"}
    pages = {
        f"{n}.md": read_page(f"{n}.md", f"---\ntags: [{t}]\n---\n# {n}\n") for n, t in tags.items()
    }
    near = connect(pages, tagged_sections(pages)).near
    assert [section.title for section, _ in near.of("a.md")] == ["c", "e", "b", "d"]
    assert near.of("a.md")[0][1] == ["decision:rare", "stage:usual"]
    assert [s.title for s, _ in near.of("a.md", frozenset({"c.md"}))] == ["e", "b", "d"]
    assert near.of("nowhere.md") == []


def test_a_page_is_compared_with_few_however_many_there_are() -> None:
    front = "---\ntags: [core, 'kind:limit', 'stage:{}']\n---\n# T\n\n## S `#exam-tip`\n"
    pages = {f"{n}.md": read_page(f"{n}.md", front.format(n % 5)) for n in range(1500)}
    near = connect(pages, tagged_sections(pages)).near
    for number, (_, tags) in enumerate(near.entries[:50]):
        assert len(near.compared(tags, number)) <= 300
    # Neighbours differ: nobody is left out because others come first.
    assert len({section.page for path in pages for section, _ in near.of(path)}) > 1000


def test_every_page_is_three_links_or_fewer_from_home() -> None:
    reached, new = {"index.md"}, {"index.md"}
    for _ in range(3):
        new = {target for path in new for target in _links_of(path)} - reached
        reached |= new
    assert {path for path in PAGES if not path.startswith("check/")} - reached == set()


@cache
def _links_of(path: str) -> set[str]:
    """The pages that a page's own words and its typed links lead to, both ways."""
    page = PAGES[path]
    folder = posixpath.dirname(page.path)
    written = re.findall(r"\]\(([^)#\s:]+\.md)", page.body)
    found = {posixpath.normpath(posixpath.join(folder, target)) for target in written}
    return found | {t for targets in typed_links(page.path, CONNECTIONS).values() for t in targets}


def test_no_page_is_an_orphan() -> None:
    listed = "checker_hub" in PAGES["check/index.md"].body
    reached = {"index.md"}  # where readers begin
    reached |= {path for path in PAGES if listed and path.startswith("check/")}
    reached |= {target for path in PAGES for target in _links_of(path) - {path}}
    assert PAGES.keys() - reached == set()


def test_a_topic_page_has_the_usual_shape() -> None:
    found = {path: list(_odd_in_shape(page)) for path, page in TOPICS.items()}
    assert {path: odd for path, odd in found.items() if odd} == {}


def _odd_in_shape(page: Page) -> Iterator[str]:
    lines = page.body.count("\n") + page.offset
    first = page.body.split("\n# ", 1)[-1].split("\n\n")[1]
    if not 55 <= lines <= 205:
        yield f"{lines} lines"
    if not 40 <= len(page.description) <= 160:
        yield f"a description of {len(page.description)} characters"
    if not page.tags:
        yield "no tags"
    if "{{ see_also(" not in page.body:
        yield "no see_also"
    if first.startswith(("#", "-", "{", "|", "*")):
        yield "the answer does not come first"


def test_no_table_is_typed_by_hand() -> None:
    # Files and terms are no facts about AWS: the YAML does not hold them.
    others = {path: page.body for path, page in PAGES.items() if path != "contributing.md"}
    code = {path: re.sub(r"```.*?```", "", b, flags=re.DOTALL) for path, b in others.items()}
    rows = {path: re.findall(r"^\|.*\|\s*$", text, re.MULTILINE) for path, text in code.items()}
    assert {path: found for path, found in rows.items() if found} == {}


def test_every_page_is_linked_from_another_by_a_typed_link_or_the_navigation() -> None:
    nav = (ROOT / "mkdocs.yml").read_text()
    assert [path for path in PAGES if path not in nav] == []


def test_a_typed_link_shows_on_both_ends() -> None:
    ends = [(p, t) for p, page in PAGES.items() for found in page.links.values() for t in found]
    back = {target: typed_links(target, CONNECTIONS).values() for _, target in ends}
    assert [(p, t) for p, t in ends if not any(p in found for found in back[t])] == []
    assert len(ends) > len(PAGES) / 2


@pytest.mark.parametrize(
    ("line", "code"),
    [
        ("<script>alert(1)</script>", "P030"),
        ('<img src="x.png" onerror="alert(1)">', "P030"),
        ("[link](javascript:alert(1))", "P030"),
        ("<<<<<<< HEAD", "P031"),
        ("```sh", "P035"),
        ("# Y", "P034"),
        ("## Part\n\n## part", "P036"),
        ("### Far below", "P036"),
        ("![ ](x.png)", "P037"),
        ("A <b>bold</b> word.", "P038"),
        ("At most {serverless.max_payload}.", "P039"),
    ],
)
def test_what_would_run_and_marks_of_a_conflict_are_refused_with_their_line(
    line: str, code: str, tmp_path: Path, knowledge: Knowledge
) -> None:
    text = f"# X\n\n`<script>` in code is fine.\n\n```html\n<script>\n```\n\n{line}\n"
    (tmp_path / "x.md").write_text(text)
    told = page_problems(tmp_path, knowledge, macro_arguments())
    place = f"docs/x.md:{9 + line.count(chr(10))}"
    assert [(p.code, p.where) for p in told if p.code != "P012"] == [(code, place)]


def test_a_page_needs_a_title_and_known_keys_above_it(tmp_path: Path, knowledge: Knowledge) -> None:
    (tmp_path / "x.md").write_text("---\ntag: [kind:howto]\n---\nWords.\n")
    told = page_problems(tmp_path, knowledge, macro_arguments())
    found = {(p.code, p.where, p.hint) for p in told if p.code != "P012"}
    assert ("P033", "docs/x.md:2", "did you mean tags?") in found
    assert ("P034", "docs/x.md:1", "write # and the title") in found
