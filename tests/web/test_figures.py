"""No picture fails unseen: on every page, in both schemes, on a desk and on a phone."""

import re
from pathlib import Path

import pytest
from bs4 import BeautifulSoup
from playwright.sync_api import Browser, Page, expect

from tests.serving import ROOT, Site

DOCS = ROOT / "docs"
SOURCE = re.compile(r"^```mermaid\n(.*?)^```", re.MULTILINE | re.DOTALL)
DRAWN = {
    path.relative_to(DOCS).as_posix(): SOURCE.findall(path.read_text("utf-8"))
    for path in sorted(DOCS.rglob("*.md"))
    if SOURCE.search(path.read_text("utf-8"))
}
LABELS = r"\|[^|]*\||\"[^\"]*\"|--[^->]*--(?=>|-)|-\.[^.]*\.->|:::[\w-]+"
SETTINGS = ("axisFormat", "dateFormat")
NODES = ".node, text.actor-box, .task:not(.taskText), .statediagram-state"
WIDTHS = {"desk": (1440, 900), "phone": (390, 844)}

# What is wrong with the drawings of a page, each told by its kind.
FAULTS = """() => {
  const found = [];
  const least = 11.9;
  for (const figure of document.querySelectorAll("figure.diagram")) {
    const svg = figure.querySelector("svg");
    const scale = svg.getBoundingClientRect().width / svg.viewBox.baseVal.width;
    for (const text of svg.querySelectorAll("text, foreignObject span, foreignObject p")) {
      if (!text.textContent.trim()) continue;
      const size = parseFloat(getComputedStyle(text).fontSize) * scale;
      if (size < least) found.push(`${size.toFixed(1)} px: ${text.textContent.trim()}`);
    }
    for (const node of svg.querySelectorAll(".node, .actor, .cluster")) {
      const shape = node.querySelector("rect, polygon, path, circle");
      const label = node.querySelector(".label, .nodeLabel, text");
      if (!shape || !label?.textContent.trim()) continue;
      const outer = shape.getBoundingClientRect();
      const range = document.createRange();
      range.selectNodeContents(label);
      const inner = range.getBoundingClientRect();
      const out = Math.max(outer.left - inner.left, inner.right - outer.right,
        outer.top - inner.top, inner.bottom - outer.bottom);
      const words = label.textContent.trim();
      if (out > 1) found.push(`out of its shape by ${out.toFixed(0)} px: ${words}`);
    }
    const box = figure.getBoundingClientRect();
    if (box.right > innerWidth + 1) found.push("a figure runs off the page");
  }
  const boxes = ".tree__answer, .tree__outcome, .tree__question, .map__area";
  for (const box of document.querySelectorAll(boxes)) {
    const size = parseFloat(getComputedStyle(box).fontSize);
    const words = box.textContent.trim();
    if (size < least) found.push(`${size} px: ${words}`);
    if (box.scrollWidth > box.clientWidth + 1 && box.clientWidth) found.push(`cut: ${words}`);
  }
  if (document.querySelector("parsererror, .diagram-failed")) found.push("a drawing failed");
  return found;
}"""


def nodes_of(source: str) -> int:
    """How many nodes, actors, tasks or states the text of a diagram names."""
    kind, *rows = source.strip().splitlines()
    if kind.startswith("flowchart"):
        bare = re.sub(
            r"\|[^|]*\||\"[^\"]*\"|--[^->]*--(?=>|-)|-\.[^.]*\.->|:::[\w-]+", " ", "\n".join(rows)
        )
        bare = re.sub(r"[\[({][^\])}]*[\])}]+", " ", bare)
        words = re.findall(r"\b[A-Za-z]\w*\b", bare)
        frames = set(re.findall(r"subgraph (\w+)", source))
        return len(set(words) - frames - {"subgraph", "end", "direction", "yes", "no"})
    if kind.startswith("sequence"):
        return sum(row.strip().startswith(("participant", "actor")) for row in rows)
    if kind.startswith("gantt"):
        return sum(":" in row and not row.strip().startswith(SETTINGS) for row in rows)
    return len(set(re.findall(r"\b[A-Z]\w+(?= -->|:|$)", "\n".join(rows), re.MULTILINE)))


def draw_all(page: Page, count: int) -> None:
    """Scroll to each diagram until all are drawn."""
    for _ in range(count):
        source = page.locator("pre.diagram-source").first
        if not source.count():
            break
        source.evaluate("place => place.scrollIntoView()")
        before = page.locator("figure.diagram").count()
        expect(page.locator("figure.diagram")).not_to_have_count(before, timeout=30_000)
    expect(page.locator("figure.diagram")).to_have_count(count, timeout=30_000)


def address(path: str) -> str:
    return path.removesuffix("index.md") if path.endswith("index.md") else path[:-3] + "/"


@pytest.mark.parametrize("width", WIDTHS)
@pytest.mark.parametrize("path", DRAWN)
def test_every_diagram_is_drawn_whole_and_large_enough(
    browser: Browser, site: Site, path: str, width: str
) -> None:
    across, down = WIDTHS[width]
    context = browser.new_context(
        viewport={"width": across, "height": down}, color_scheme="light", reduced_motion="reduce"
    )
    page = context.new_page()
    page.goto(site.url + address(path))
    count = len(DRAWN[path])
    draw_all(page, count)
    assert page.evaluate(FAULTS) == []
    found = page.locator("figure.diagram").evaluate_all(
        "(all, nodes) => all.map(f => f.querySelectorAll(nodes).length)", NODES
    )
    for source, drawn in zip(DRAWN[path], found, strict=True):
        assert drawn >= nodes_of(source) > 0, source
    # The other scheme draws all of it anew.
    page.emulate_media(color_scheme="dark")
    expect(page.locator("figure.diagram[data-scheme=slate]")).to_have_count(count, timeout=60_000)
    assert page.evaluate(FAULTS) == []
    context.close()


@pytest.mark.parametrize("path", DRAWN)
def test_each_diagram_is_followed_by_the_same_in_words(site: Site, path: str) -> None:
    html = (site.folder / address(path) / "index.html").read_text("utf-8")
    for source in BeautifulSoup(html, "html.parser").select("pre.diagram-source"):
        after = source.find_next_sibling()
        assert after is not None
        words = after.get_text()
        if words.endswith(":"):
            listed = after.find_next_sibling()
            assert listed is not None
            words = listed.get_text()
        assert len(words) > 20


@pytest.mark.parametrize("width", WIDTHS)
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_trees_and_maps_are_whole(browser: Browser, site: Site, scheme: str, width: str) -> None:
    across, down = WIDTHS[width]
    for path in pages_with(site, "figure.tree, .maps"):
        context = browser.new_context(
            viewport={"width": across, "height": down},
            color_scheme=scheme,  # type: ignore[arg-type]
        )
        page = context.new_page()
        page.goto(site.url + path)
        assert page.evaluate(FAULTS) == [], path
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), path
        context.close()


def pages_with(site: Site, selector: str) -> list[str]:
    def has(file: Path) -> bool:
        return bool(BeautifulSoup(file.read_bytes(), "html.parser").select_one(selector))

    found = [file for file in sorted(site.folder.rglob("index.html")) if has(file)]
    assert found
    return [f"{file.parent.relative_to(site.folder)}/" for file in found]


def test_a_diagram_that_cannot_be_drawn_says_so_and_stays_as_text(
    browser: Browser, site: Site
) -> None:
    page = browser.new_page()
    page.route("**/vendor/mermaid/**", lambda route: route.abort())
    page.goto(f"{site.url}inference/")
    page.locator("pre.diagram-source").first.evaluate("place => place.scrollIntoView()")
    expect(page.locator(".diagram-failed")).to_be_visible(timeout=15_000)
    expect(page.locator("pre.diagram-source")).to_be_visible()
    page.close()
