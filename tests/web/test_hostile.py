"""Whatever a reader, a link or a row of the YAML says stays text, with the policy out of the way.

The pages' policy would stop most of these from running; here it is switched off, so that what
stops them is that text goes in as text.
"""

from collections.abc import Iterator
from dataclasses import replace
from urllib.parse import quote, urlencode

import pytest
from markdown import Markdown
from mkdocs.config import load_config
from playwright.sync_api import Browser, Page, expect

from checker.knowledge.model import Knowledge, Row, Table
from macros.draw.tables import comparison
from tests.serving import ROOT, Site

PATIENCE = 60_000
RUN = "window.ran=1"
TEXTS = (
    f"<script>{RUN}</script>",
    f"<ScRiPt>{RUN}</sCrIpT>",
    f"<script/x>{RUN}</script>",
    f"<<script>{RUN}//<</script>",
    f"</script><script>{RUN}</script>",
    f"<script type=module>{RUN}</script>",
    f"<script src=data:text/javascript,{RUN}></script>",
    f"<img src=x onerror={RUN}>",
    f"<img src=x onerror='{RUN}'>",
    f'<img src="x" onerror="{RUN}"',
    f"<IMG SRC=x OnErRoR={RUN}>",
    f"<img/src=x/onerror={RUN}>",
    f"<img\tsrc=x\tonerror={RUN}>",
    f"<img src=x:x onerror&#61;{RUN}>",
    f"<image src=x onerror={RUN}>",
    f"<svg onload={RUN}>",
    f"<svg><script>{RUN}</script></svg>",
    f"<svg><animate onbegin={RUN} attributeName=x dur=1s>",
    f"<svg><set onbegin={RUN} attributename=x>",
    f"<svg><use href=\"data:image/svg+xml,<svg id='x' onload='{RUN}'/>#x\">",
    f"<svg><style><img src=x onerror={RUN}></style></svg>",
    f"<math><mtext><table><mglyph><style><img src=x onerror={RUN}>",
    f"<math href=javascript:{RUN}>x</math>",
    f"<body onload={RUN}>",
    f"<iframe src=javascript:{RUN}></iframe>",
    f'<iframe srcdoc="<script>parent.{RUN}</script>"></iframe>',
    f"<object data=javascript:{RUN}></object>",
    f"<embed src=javascript:{RUN}>",
    f"<video><source onerror={RUN}></video>",
    f"<audio src=x onerror={RUN}></audio>",
    f"<details open ontoggle={RUN}>x</details>",
    f"<input autofocus onfocus={RUN}>",
    f"<select autofocus onfocus={RUN}></select>",
    f"<textarea autofocus onfocus={RUN}></textarea>",
    f"<marquee onstart={RUN}>x</marquee>",
    f"<div style=animation-name:x onanimationstart={RUN}>x</div>",
    f"<form action=javascript:{RUN}><button>x</button></form>",
    f"<button popovertarget=x onbeforetoggle={RUN}>x</button>",
    f"<link rel=stylesheet href=x onerror={RUN}>",
    f"<meta http-equiv=refresh content='0;url=javascript:{RUN}'>",
    f"<base href=javascript:{RUN}//>",
    f"<template><script>{RUN}</script></template>",
    f"<noscript><img src=x onerror={RUN}></noscript>",
    f"<title><img src=x onerror={RUN}></title>",
    f"<a href=javascript:{RUN}>x</a>",
    f"<a href='java\tscript:{RUN}'>x</a>",
    f"[x](javascript:{RUN})",
    f'![x](x" onerror="{RUN})',
    f"<javascript:{RUN}>",
    f"javascript:{RUN}",
    f"data:text/html,<script>{RUN}</script>",
    f'"><img src=x onerror={RUN}>',
    f"'><img src=x onerror={RUN}>",
    f"`><img src=x onerror={RUN}>`",
    f'" onfocus="{RUN}" autofocus x="',
    f"--><img src=x onerror={RUN}>",
    f"]]><img src=x onerror={RUN}>",
    f"</textarea><img src=x onerror={RUN}>",
    f"</td></tr></table><img src=x onerror={RUN}>",
    f"&lt;img src=x onerror={RUN}&gt;",
    f"&#60;img src=x onerror={RUN}&#62;",
    f"\\u003cimg src=x onerror={RUN}\\u003e",
    f"%3Cimg src=x onerror={RUN}%3E",
    f"\uff1cimg src=x onerror={RUN}\uff1e",
    f"{{{{constructor.constructor('{RUN}')()}}}}",
    f"${{{RUN}}}",
    f"';{RUN};//",
    f"\n\n<img src=x onerror={RUN}>",
    "__proto__",
    "%",
    "\u202e<b>x</b>\u0000",
)
# Sees each element that comes, also one that the next text removes again. What such a text
# could have become is not found among the site's own elements.
WATCH = """window.born = [];
const tags = ["IFRAME", "OBJECT", "EMBED", "MARQUEE", "BASE", "VIDEO", "AUDIO", "MATH", "IMG", "B"];
const bad = (e) => tags.includes(e.tagName.toUpperCase()) || [...e.attributes].some(
  ({name, value}) => name.startsWith("on") || /^\\s*(javascript|data:text)/i.test(value));
new MutationObserver((changes) => {
  for (const { addedNodes } of changes)
    for (const node of addedNodes)
      if (node.nodeType === 1)
        for (const e of [node, ...node.querySelectorAll("*")])
          if (bad(e)) window.born.push(e.outerHTML.slice(0, 80));
}).observe(document, { childList: true, subtree: true });"""


@pytest.fixture
def unguarded(browser: Browser, site: Site) -> Iterator[Page]:
    """A page without its policy, on which nothing may have run in the end."""
    context = browser.new_context(viewport={"width": 1280, "height": 900}, bypass_csp=True)
    page = context.new_page()
    page.add_init_script(WATCH)
    errors: list[str] = []
    page.on("pageerror", lambda error: errors.append(str(error)))
    page.on("dialog", lambda dialog: errors.append(dialog.message))
    yield page
    assert page.evaluate("typeof window.ran") == "undefined"
    assert page.evaluate("window.born") == []
    assert errors == []
    context.close()


def test_there_are_enough_hostile_texts() -> None:
    assert len(set(TEXTS)) >= 50


def test_a_hostile_text_that_runs_is_detected(browser: Browser, site: Site) -> None:
    page = browser.new_page(bypass_csp=True)
    page.add_init_script(WATCH)
    page.goto(f"{site.url}status/")
    page.evaluate("text => document.body.insertAdjacentHTML('beforeend', text)", TEXTS[7])
    page.wait_for_function("() => window.ran === 1")
    assert len(page.evaluate("window.born")) == 1
    page.close()


def test_hostile_text_in_the_form_stays_text(unguarded: Page, site: Site) -> None:
    unguarded.goto(f"{site.url}check/inference/")
    box = unguarded.locator(".check__errors")
    for number, text in enumerate(TEXTS):
        unguarded.locator("#q-payload").fill(f"n{number}n{text}")
        expect(box).to_contain_text(f"n{number}n", timeout=PATIENCE)
        if text.startswith("<"):
            expect(box).to_contain_text(f"n{number}n{text[:4]}", ignore_case=True)


def test_hostile_text_in_the_scenario_stays_text(unguarded: Page, site: Site) -> None:
    unguarded.goto(f"{site.url}check/inference/")
    unguarded.locator(".check-describe > summary").click()
    place = unguarded.locator(".check-read")
    for text in TEXTS:
        place.evaluate("e => e.replaceChildren()")
        unguarded.locator("#scenario-text").fill(f"{text} payload of 6 MB {text}")
        unguarded.get_by_role("button", name="Check my scenario").click()
        place.locator(":scope > *").first.wait_for(timeout=PATIENCE)


def test_hostile_text_in_a_link_stays_text(unguarded: Page, site: Site) -> None:
    values = [("duration", "45 s")]
    values += [("payload", text) for text in TEXTS[:5]]
    values += [("traffic", text) for text in TEXTS]
    values += [(text, text) for text in TEXTS]
    values += [(name, TEXTS[7]) for name in ("v", "d", "was", "without", "era", "hard")]
    unguarded.goto(f"{site.url}check/inference/?{urlencode(values)}#{quote(TEXTS[7])}")
    unguarded.locator(".check__errors li").first.wait_for(timeout=PATIENCE)
    dropped = unguarded.locator(".check__dropped").inner_text()
    assert "<script>" in dropped
    assert "onerror" in dropped
    text = quote(TEXTS[51])
    for query in (
        f"decision={text}&v={text}",
        f"system={text}&without={text}",
        f"payload=3+MB#{text}",
    ):
        unguarded.goto(f"{site.url}check/?{query}")
        unguarded.locator("check-hub[data-ready]").wait_for()


def test_hostile_text_in_the_address_of_the_tag_explorer_stays_text(
    unguarded: Page, site: Site
) -> None:
    values = [("tag", text) for text in TEXTS] + [("words", TEXTS[7]), ("any", TEXTS[0])]
    unguarded.goto(f"{site.url}tags/?{urlencode(values)}")
    words = unguarded.locator("#explorer-words")
    expect(words).to_have_value(TEXTS[7])
    status = unguarded.locator(".explorer__status")
    expect(status).not_to_be_empty()
    for text in TEXTS:
        unguarded.evaluate("text => { location.hash = text; location.hash = `tag:${text}`; }", text)
        words.fill(text)


def test_hostile_text_in_the_search_stays_text(unguarded: Page, site: Site) -> None:
    unguarded.goto(f"{site.url}status/?h={quote(' '.join(TEXTS))}&q={quote(TEXTS[7])}")
    unguarded.keyboard.press("/")
    field = unguarded.locator(".md-search__input")
    for text in TEXTS:
        field.fill(text)
        field.press("End")
    field.fill("serverless")
    field.press("End")
    unguarded.locator(".md-search-result__item").first.wait_for(timeout=PATIENCE)


def test_hostile_text_in_the_cells_of_a_table_stays_text(
    unguarded: Page, knowledge: Knowledge
) -> None:
    rows = tuple(Row(label=text, cells=(text, f"**{text}**")) for text in TEXTS)
    table = Table(caption=TEXTS[0], corner=TEXTS[7], columns=(TEXTS[15], TEXTS[51]), rows=rows)
    drawn = comparison("t", replace(knowledge, tables={"t": table}), "limits.md")
    settings = load_config(str(ROOT / "mkdocs.yml"))
    markdown = Markdown(
        extensions=settings.markdown_extensions, extension_configs=settings.mdx_configs
    )
    unguarded.goto("about:blank")
    unguarded.set_content(markdown.convert(f"# Title\n\n{drawn}\n\nMore."))
    cells = unguarded.locator("tbody tr > *").all_inner_texts()
    assert len(cells) == 3 * len(TEXTS)
    for text, shown in zip(TEXTS, cells[1::3], strict=True):
        if text.startswith("<"):
            assert " ".join(shown.split()) == " ".join(text.split())
