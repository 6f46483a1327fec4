"""What a narrow screen could cut: the guide's name, and the longest answers in lists."""

import pytest
from playwright.sync_api import Page

from checker.knowledge.model import Knowledge
from tests.checking import PATIENCE
from tests.serving import Site

# By how many pixels a list is too low for an answer, set as a paragraph of the same width would be.
CUT = """(list, words) => {
  list.add(new Option(words, "long"));
  list.value = "long";
  const style = getComputedStyle(list);
  const inside = (...sides) => sides.reduce((sum, side) => sum + parseFloat(style[side]), 0);
  const text = document.createElement("p");
  const width = list.clientWidth - inside("paddingLeft", "paddingRight");
  text.style.cssText = `font:${style.font};width:${width}px;margin:0;position:absolute`;
  text.textContent = words;
  document.body.append(text);
  return text.offsetHeight - (list.clientHeight - inside("paddingTop", "paddingBottom"));
}"""


@pytest.mark.parametrize("width", [1280, 390, 320])
@pytest.mark.parametrize("path", ["practise/", "check/optimization/"])
def test_a_list_shows_the_longest_answer_in_full(
    page: Page, site: Site, knowledge: Knowledge, path: str, width: int
) -> None:
    """A list that has no room for an answer would cut it without a sign."""
    page.set_viewport_size({"width": width, "height": 800})
    page.goto(site.url + path)
    if path == "practise/":
        page.get_by_role("button", name="Start with").click(timeout=PATIENCE)
    values = (value for known in knowledge.fields.values() for value in known.values.values())
    lists = page.locator("main select:visible")
    assert lists.first.evaluate(CUT, max(values, key=len)) <= 0


@pytest.mark.parametrize("width", [390, 320])
def test_on_a_phone_the_name_of_the_guide_is_not_cut(page: Page, site: Site, width: int) -> None:
    page.set_viewport_size({"width": width, "height": 800})
    page.goto(site.url)
    over = page.locator(".md-header__topic .md-ellipsis").first.evaluate(
        "e => [e.scrollWidth - e.clientWidth, e.scrollHeight - e.parentElement.clientHeight]"
    )
    assert max(over) <= 1
