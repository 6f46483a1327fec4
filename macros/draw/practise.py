"""The practice page as it comes: what it is, and the element that the page's script fills."""

from checker.knowledge.model import Knowledge
from macros.draw.checker_frame import python_place
from macros.draw.html import Html, el, lines
from macros.pages.urls import relative_url
from macros.practise.items import EXAM
from macros.practise.write import DECK, Practise
from macros.runtime.bundle import Runtime

# Without a link: Zensical leaves addresses in a noscript as they are, and the page's text has one.
_NO_SCRIPT = (
    "The questions need JavaScript. Without it, read the same situations with their answers on "
    "the scenarios page, which the text below links to."
)


def practise_page(made: Practise, known: Knowledge, runtime: Runtime, page: str) -> Html:
    """The element with the place of the items, and what is shown without a script."""
    place = {
        **python_place(runtime, page),
        "data-items": relative_url(made.path, page),
        "data-site": relative_url("index.md", page),
        "data-deck": relative_url(DECK, page),
        "data-search-exclude": True,
    }
    status = el("p", {"class": "check__status", "role": "status", "aria-live": "polite"})
    stage = el("div", {"class": "practise__stage"})
    fallback = el("noscript", None, el("p", None, _NO_SCRIPT))
    script = {"type": "module", "src": relative_url("assets/practise/element.js", page)}
    element = el("practise-page", place, "\n", lines(status, stage, fallback), "\n")
    # Only this page needs its styles.
    styles = {"rel": "stylesheet", "href": relative_url("assets/practise/page.css", page)}
    # In a block that Markdown knows, or it would wrap the element in a paragraph.
    return el("div", None, "\n", lines(el("link", styles), element, el("script", script)), "\n")


def coverage(made: Practise, known: Knowledge) -> Html:
    """How many of the exam's skills the guide covers, and how many items there are today."""
    tasks = known.exams[EXAM].tasks.values()
    covered, skills = sum(len(t.covers) for t in tasks), sum(t.skills for t in tasks)
    return Html(
        f"This guide covers {covered} of the {skills} skills of MLA-C02, and this page has "
        f"{sum(item.era != 'exam' for item in made.bank.items)} items"
    )


def with_link(drawn: Html, of: str, made: Practise, known: Knowledge, page: str) -> Html:
    """A topic page's scenarios, and the way to the questions on that topic, where there are any."""
    found = [item for item in made.bank.items if item.page.partition("#")[0] == of]
    if not found:
        return drawn
    decision = next((item.decision for item in found if item.decision), "")
    label = known.decisions[decision].label if decision else "limits"
    query = f"decision={decision}" if decision else "kind=card"
    href = relative_url(f"practise.md?{query}", page)
    link = el("a", {"class": "practise-link", "href": href}, f"Practise questions: {label}")
    return lines(drawn, el("p", None, link))
