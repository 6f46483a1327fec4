"""What the browser tests of the checker do again and again."""

from urllib.parse import urlencode

from playwright.sync_api import Locator, Page, expect

from tests.serving import Site

PATIENCE = 60_000
KNOWN = {
    "caller": "waits",
    "duration": "45 s",
    "payload": "3.5 MB",
    "requests": "4/day",
    "traffic": "intermittent",
}
"""Answers of a link that the site itself makes, so that its verdict is there from the build."""
HEADLINE, FAILURE = "#verdict-headline", ".check__failure"


def link(decision: str = "inference", **answers: str) -> str:
    """A decision's page with answers, from the site's root."""
    return f"check/{decision}/" + (f"?{urlencode(answers)}" if answers else "")


def open_page(page: Page, site: Site, decision: str = "inference", **answers: str) -> None:
    """Open a decision's page and wait until its element is at work."""
    page.goto(site.url + link(decision, **answers))
    page.locator("decision-checker[data-ready]").wait_for()


def field(page: Page, name: str) -> Locator:
    """A question's control in the form, its group unfolded as a person would."""
    control = page.locator(f".check__all [name={name}]")
    group = page.locator("details.check__group", has=page.locator(f"[name={name}]"))
    if group.get_attribute("open") is None:
        group.locator("summary").click()
    return control


def answer(page: Page, name: str, value: str) -> None:
    """Answer a question in the form."""
    control = field(page, name)
    if control.evaluate("e => e.tagName") == "SELECT":
        control.select_option(value)
    else:
        control.fill(value)


def settled(page: Page) -> str:
    """The verdict's headline once no newer one is under way."""
    page.locator(HEADLINE).wait_for(timeout=PATIENCE)
    expect(page.locator(".check__verdict")).to_have_attribute(
        "aria-busy", "false", timeout=PATIENCE
    )
    return page.locator(HEADLINE).inner_text()


def says(page: Page, headline: str) -> None:
    """Wait for this headline, settled."""
    expect(page.locator(HEADLINE)).to_have_text(headline, timeout=PATIENCE)
    settled(page)


MONITOR = {"watch": "inputs", "account": "existing", "frequency": "continuous"}
SERVERLESS = {"payload": "1 MB", "traffic": "intermittent", "caller": "waits", "duration": "5 s"}
