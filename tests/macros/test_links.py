"""Addresses, and links between pages."""

from urllib.parse import urljoin

import pytest

from macros.draw import see_also
from macros.pages import related
from macros.pages.sections import tagged_sections
from macros.pages.source import read_page, read_pages
from macros.pages.urls import page_url, relative_url
from tests.markup import PAGE, one, pages_root, soup
from tests.support import known

ADDRESSES = {
    # target, page that it is seen from, address
    "from the home page": ("limits.md", "index.md", "limits/"),
    "from a page below": ("limits.md", PAGE, "../../limits/"),
    "home from home": ("index.md", "index.md", "./"),
    "home from below": ("index.md", PAGE, "../../"),
    "the index of the same folder": ("inference/index.md", PAGE, "../"),
    "from the index of the folder": (PAGE, "inference/index.md", "serverless/"),
    "the index of another folder": ("monitoring/index.md", PAGE, "../../monitoring/"),
    "a sister": ("inference/real-time.md", PAGE, "../real-time/"),
    "itself": (PAGE, PAGE, "../serverless/"),
    "an anchor": ("limits.md#a.b_c", PAGE, "../../limits/#a.b_c"),
    "an anchor on itself": (f"{PAGE}#limits", PAGE, "#limits"),
    "a query on itself": ("check.md?a=1#x", "check.md", "../check/?a=1#x"),
    "an anchor on an index": ("inference/index.md#how", "index.md", "inference/#how"),
    "a query": ("tags.md?tag=stage:build", "index.md", "tags/?tag=stage:build"),
    "a query and an anchor": ("check.md?a=1#x", PAGE, "../../check/?a=1#x"),
    "a page named in a query": ("check.md?next=a.md", "index.md", "check/?next=a.md"),
    "an asset from home": ("assets/x.js", "index.md", "assets/x.js"),
    "an asset from below": ("assets/x.js", PAGE, "../../assets/x.js"),
    "a folder of assets": ("assets/runtime/", PAGE, "../../assets/runtime/"),
    "the not-found page's home": ("index.md", "404.md", "../"),
}


@pytest.mark.parametrize(("target", "page", "address"), ADDRESSES.values(), ids=ADDRESSES)
def test_an_address_is_relative_to_the_page(target: str, page: str, address: str) -> None:
    assert relative_url(target, page) == address


def test_every_page_reaches_every_page_wherever_the_site_lives() -> None:
    home = "https://example.org/some/where/"
    found = sorted(path.relative_to(pages_root()).as_posix() for path in pages_root().rglob("*.md"))
    for page in found:
        for target in found:
            here = urljoin(home, page_url(page))
            assert urljoin(here, relative_url(target, page)) == urljoin(home, page_url(target))


def test_a_typed_link_shows_on_both_ends_with_its_own_words() -> None:
    both = {
        "a.md": read_page("a.md", "---\nlinks:\n  replaces: [b.md]\n---\n# A\n"),
        "b.md": read_page("b.md", "# B\n"),
    }
    found = related.connect(both, tagged_sections(both))
    assert related.typed_links("a.md", found) == {"Replaces": ["b.md"]}
    assert related.typed_links("b.md", found) == {"Replaced by": ["a.md"]}
    assert one(soup(see_also.see_also("b.md", found, known())), "nav a").get_text() == "A"


def test_two_pages_that_name_each_other_are_listed_once() -> None:
    both = {
        name: read_page(name, f"---\nlinks:\n  compare: [{other}]\n---\n# {name}\n")
        for name, other in (("a.md", "b.md"), ("b.md", "a.md"))
    }
    found = related.connect(both, tagged_sections(both))
    assert related.typed_links("a.md", found) == {"Compare with": ["b.md"]}


def test_a_page_without_links_shows_nothing() -> None:
    alone = related.connect({"a.md": read_page("a.md", "# A\n")}, [])
    assert see_also.see_also("a.md", alone, known()) == ""


PAGE_OPTION = "serverless-inference"


def test_a_clash_between_two_pages_says_why_and_a_near_page_what_it_shares() -> None:
    pages = read_pages(pages_root())
    found = related.connect(pages, tagged_sections(pages))
    drawn = soup(see_also.see_also(PAGE, found, known()))
    groups = {str(dt.get_text()): dt.find_next("dd") for dt in drawn.select("dt")}
    says = next(clash.says for clash in known().clashes.values() if PAGE_OPTION in clash.one)
    assert says.rstrip(".") in str(groups["Clashes with"])
    near = groups["Related"].select("li")  # type: ignore[union-attr]
    assert near
    assert all(item.select(".see-also__why") for item in near)


def test_a_pages_tags_are_at_its_end_by_name_and_open_the_explorer() -> None:
    pages = read_pages(pages_root())
    found = related.connect(pages, tagged_sections(pages))
    links = soup(see_also.see_also(PAGE, found, known())).select("a.section-tag")
    assert [str(link["data-tag"]) for link in links] == list(pages[PAGE].tags)
    for link in links:
        assert link.get_text() == known().tags[str(link["data-tag"])].label
        assert str(link["href"]).endswith(f"/tags/?tag={link['data-tag']}")


def test_a_page_says_between_which_days_its_facts_were_checked() -> None:
    first, last = (key for key in ("serverless.max_payload", "model_monitor.status"))
    dates = sorted(known().facts[key].checked for key in (first, last))
    body = f"""# A\n\n{{{{ fact("{first}") }}}} {{{{ exam_view("{last}") }}}}\n"""
    alone = related.connect({"a.md": read_page("a.md", body)}, [])
    drawn = soup(see_also.see_also("a.md", alone, known()))
    shown = [str(time["datetime"]) for time in drawn.select(".see-also__checked time")]
    assert shown == sorted(set(dates))


def test_a_title_is_free_of_its_tags_and_the_body_knows_its_offset() -> None:
    page = read_page("a.md", "---\ntags: [one, 'no']\n---\n\n# Title `#exam-tip` `#core`\n\nText\n")
    assert (page.title, page.tags) == ("Title", ("one", "no"))
    assert page.offset == 3
    assert page.body.startswith("\n# Title")


def test_every_page_of_the_site_has_a_title_and_a_description() -> None:
    found = read_pages(pages_root())
    assert len(found) > 20
    assert [p.path for p in found.values() if not p.description or p.title == p.path] == []
