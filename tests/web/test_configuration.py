"""A configuration checked in a browser: pasted, opened and dropped, in JSON and in YAML."""

import json
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from checker.render.findings import findings_view
from macros.draw.configuration import EXAMPLE
from tests.fault_table import FOLDER, fault_file, ours
from tests.serving import Site

PATIENCE = 60_000
PATH = "check/configuration/"
BOX, HEADLINE, ITEMS = "#configuration-text", ".config__result h2", ".config__item"
TEMPLATE = FOLDER / "valid/template.yml"
DROP = """(text) => {
  const data = new DataTransfer();
  data.items.add(new File([text], "dropped.json"));
  const event = new DragEvent("drop", { bubbles: true, cancelable: true, dataTransfer: data });
  document.querySelector("configuration-checker").dispatchEvent(event);
}"""


@pytest.fixture
def opened(page: Page, site: Site) -> Page:
    page.goto(f"{site.url}{PATH}")
    return page


def pasted(page: Page, text: str) -> Page:
    page.locator(BOX).fill(text)
    page.get_by_role("button", name="Check it").click()
    return page


def test_the_example_shows_what_the_command_line_finds(opened: Page, tmp_path: Path) -> None:
    opened.get_by_role("button", name="Fill in an example").click()
    expect(opened.locator(HEADLINE)).to_have_text("2 problems were found.", timeout=PATIENCE)
    (tmp_path / "a.json").write_text(EXAMPLE, encoding="utf-8")
    view = findings_view(ours(tmp_path / "a.json").plain())
    for item, shown in zip(view["items"], opened.locator(ITEMS).all(), strict=True):
        for part in ("text", "place", "limit", "hint", "title", "checked", "code"):
            assert item[part] in shown.inner_text()
        assert shown.get_by_role("link").get_attribute("href") == item["url"]


def test_a_line_is_marked_in_the_text(opened: Page) -> None:
    opened.get_by_role("button", name="Fill in an example").click()
    opened.get_by_role("button", name="Line 8").click(timeout=PATIENCE)
    area = "document.querySelector('textarea')"
    marked = opened.evaluate(f"{area}.value.slice({area}.selectionStart, {area}.selectionEnd)")
    assert marked == EXAMPLE.splitlines()[7]


def test_yaml_is_read_and_a_bad_text_is_told_with_its_line(opened: Page) -> None:
    text = TEMPLATE.read_text(encoding="utf-8")
    pasted(opened, text)
    expect(opened.locator(HEADLINE)).to_have_text("No problem was found.", timeout=PATIENCE)
    pasted(opened, text.replace("!Ref Memory", "5000"))
    expect(opened.locator(ITEMS)).to_contain_text("CFG001")
    pasted(opened, "a:\n\t- b")
    expect(opened.locator(HEADLINE)).to_have_text("This cannot be checked.")
    expect(opened.locator(ITEMS)).to_contain_text("Line 2")


def test_a_file_is_opened_or_dropped(opened: Page) -> None:
    opened.locator("#configuration-file").set_input_files(fault_file("canary-too-large"))
    expect(opened.locator(ITEMS)).to_contain_text("ROL033", timeout=PATIENCE)
    opened.evaluate(DROP, fault_file("batch-payload-too-large").read_text(encoding="utf-8"))
    expect(opened.locator(ITEMS)).to_contain_text("INF033")


def test_markup_in_a_configuration_stays_text(opened: Page) -> None:
    name = "<img src=x onerror=alert(1)>"
    pasted(opened, json.dumps({"CreateEndpoint": {"EndpointName": name, name: 1}}))
    expect(opened.locator(ITEMS).first).to_be_visible(timeout=PATIENCE)
    assert opened.locator(".config__result img").count() == 0
