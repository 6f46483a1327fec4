"""Tags of sections: chips on the page, out of ids and contents, the same in the explorer."""

import re
from types import SimpleNamespace

import pytest
from bs4 import BeautifulSoup, Tag
from markdown import Markdown
from zensical.extensions.context import ContextExtension

from macros.pages.section_tags import label_of
from macros.pages.sections import sections_of
from macros.pages.source import read_page
from macros.pages.urls import for_zensical
from tests.markup import one, soup


def rendered(text: str) -> tuple[BeautifulSoup, Markdown]:
    markdown = Markdown(extensions=["toc", "macros.pages.section_tags"])
    return soup(markdown.convert(text)), markdown


def chips(found: BeautifulSoup | Tag) -> list[str]:
    """The tags that the chips show, each shown by its name for readers."""
    found_chips = found.select(".section-tags a.section-tag")
    for chip in found_chips:
        assert chip.get_text() == label_of(str(chip["data-tag"]))
    return [f"#{chip['data-tag']}" for chip in found_chips]


HEADINGS = {
    # source, id, title in the table of contents, chips
    "one tag": ("## Cold start `#exam-tip`", "cold-start", "Cold start", ["#exam-tip"]),
    "several tags": (
        "## Cold start `#exam-tip` `#core` `#kind:limit`",
        "cold-start",
        "Cold start",
        ["#exam-tip", "#core", "#kind:limit"],
    ),
    "no space between": (
        "## Cold start `#exam-tip``#core`".replace("``", "` `"),
        "cold-start",
        "Cold start",
        ["#exam-tip", "#core"],
    ),
    "code before the tag": (
        "## The `timeout` setting `#core`",
        "the-timeout-setting",
        "The timeout setting",
        ["#core"],
    ),
    "code right before the tag": (
        "## Use `timeout` `#core`",
        "use-timeout",
        "Use timeout",
        ["#core"],
    ),
    "a deeper heading": ("#### Deep `#core`", "deep", "Deep", ["#core"]),
    "code that is no tag": ("## Call `#Not A Tag`", "call-not-a-tag", "Call #Not A Tag", []),
    "code without a hash": ("## Call `invoke`", "call-invoke", "Call invoke", []),
    "a tag in the middle": (
        "## The `#exam-tip` notation",
        "the-exam-tip-notation",
        "The #exam-tip notation",
        [],
    ),
    "no code": ("## Plain", "plain", "Plain", []),
    "emphasis before the tag": ("## *Very* slow `#core`", "very-slow", "Very slow", ["#core"]),
}


@pytest.mark.parametrize(("text", "anchor", "title", "tags"), HEADINGS.values(), ids=HEADINGS)
def test_a_headings_tags_become_chips_and_stay_out_of_id_and_contents(
    text: str, anchor: str, title: str, tags: list[str]
) -> None:
    found, markdown = rendered(f"# Page\n\n{text}\n\nWords.\n")
    (entry,) = markdown.toc_tokens[0]["children"]  # type: ignore[attr-defined]
    heading = found.select("h2, h3, h4")[0]
    assert (entry["id"], entry["name"]) == (anchor, title)
    assert heading["id"] == anchor
    assert heading.get_text() == title
    assert chips(found) == tags
    assert [code.get_text() for code in found.select("code") if code.get_text()[1:] in tags] == []


LEAD_INS = {
    # source, chips, text that stays
    "paragraph": ("**Pricing:** `#exam-tip` by the second.", ["#exam-tip"], "by the second."),
    "list item": ("- **Pricing:** `#exam-tip` by the second.", ["#exam-tip"], "by the second."),
    "several": ("**Pricing:** `#core` `#exam-tip` words", ["#core", "#exam-tip"], "words"),
    "nothing behind": ("**Pricing** `#core`", ["#core"], ""),
    "code that is no tag": ("**Pricing:** `unit` words", [], "words"),
    "a tag further on": ("**Pricing:** see `#core` there", [], "there"),
    "not bold": ("Pricing: `#core` words", [], "words"),
    "bold later": ("About **pricing** `#core` words", [], "words"),
}


@pytest.mark.parametrize(("text", "tags", "stays"), LEAD_INS.values(), ids=LEAD_INS)
def test_the_tags_of_a_bold_lead_in_become_chips_behind_it(
    text: str, tags: list[str], stays: str
) -> None:
    found, _ = rendered(text)
    assert chips(found) == tags
    assert found.get_text().strip().endswith(stays)
    assert len(found.select("[id^=tagged-]")) == bool(tags)
    written = len(re.findall(r"`[^`]+`", text))
    assert len(found.select("code")) == written - len(tags)


def test_a_chip_opens_the_tag_explorer_on_its_tag() -> None:
    found, _ = rendered("## Cold start `#kind:limit`\n")
    assert one(found, "a.section-tag")["href"] == "/tags.md?tag=kind:limit"


@pytest.mark.parametrize(
    ("path", "address"),
    [
        ("index.md", "tags.md?tag=core"),
        ("limits.md", "tags.md?tag=core"),
        ("a/b.md", "../tags.md?tag=core"),
    ],
)
def test_a_chip_is_seen_from_the_pages_file_where_the_engine_tells_it(
    path: str, address: str
) -> None:
    page = SimpleNamespace(path=path)
    markdown = Markdown(
        extensions=["macros.pages.section_tags", ContextExtension(page=page, config={})]
    )
    found = soup(markdown.convert("## Cold start `#core`\n"))
    assert one(found, "a.section-tag")["href"] == address


ZENSICAL = {
    # page, HTML of a macro, what Zensical has to get
    "a sister": ("a/b.md", '<a class="x" href="../c/#d">', '<a class="x" href="c/#d">'),
    "from the root": ("a/b.md", '<script src="../../x.js">', '<script src="../x.js">'),
    "the folder itself": ("a/b.md", '<a href="../">', '<a href="./">'),
    "an anchor in the folder": ("a/b.md", '<a href="../#x">', '<a href="./#x">'),
    "a query of the folder": ("a/b.md", '<a href="../?x">', '<a href="./?x">'),
    "an anchor": ("a/b.md", '<a href="#x">', '<a href="#x">'),
    "another host": ("a/b.md", '<a href="https://x.org/../">', '<a href="https://x.org/../">'),
    "data of a script": ("a/b.md", '<p data-href="../x">', '<p data-href="../x">'),
    "an index": ("a/index.md", '<a href="../c/">', '<a href="../c/">'),
}


@pytest.mark.parametrize(("page", "markup", "wanted"), ZENSICAL.values(), ids=ZENSICAL)
def test_zensical_gets_addresses_as_seen_from_the_pages_file(
    page: str, markup: str, wanted: str
) -> None:
    assert for_zensical(markup, page) == wanted


def test_two_lead_ins_with_the_same_words_have_different_ids() -> None:
    found, _ = rendered("**Cost:** `#core` a\n\n**Cost:** `#core` b\n")
    ids = [str(p["id"]) for p in found.select("p[id]")]
    assert len(ids) == len(set(ids)) == 2


def test_the_explorer_and_the_page_agree_on_every_anchor() -> None:
    text = (
        "# Page\n\n## Cold start `#exam-tip`\n\n**Pricing:** `#core` x\n\n## Cold start `#core`\n\n"
        "- **Pricing:** `#exam-tip` y\n\n### The `timeout` setting `#core`\n"
    )
    found, _ = rendered(text)
    anchors = [section.anchor for section in sections_of(read_page("a.md", text)) if section.own]
    ids = [str(element["id"]) for element in found.select("h2[id], h3[id], [id^=tagged-]")]
    assert anchors == ids
