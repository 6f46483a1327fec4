"""What the tests of macros share: elements of drawn HTML, tables, and forms without a site."""

from dataclasses import replace
from types import SimpleNamespace

from bs4 import BeautifulSoup, Tag

from checker.formatting import spell_measure
from checker.knowledge.model import Knowledge, Row, Table
from checker.knowledge.references import measure
from macros.draw import checker_form, checker_frame
from macros.files import ROOT
from tests.support import known

PAGE = "inference/serverless.md"
FACT = "serverless.max_payload"
NBSP = "\u00a0"


def soup(html: str) -> BeautifulSoup:
    return BeautifulSoup(html, "html.parser")


def one(found: BeautifulSoup | Tag, selector: str) -> Tag:
    """The only element that matches."""
    (element,) = found.select(selector)
    return element


def shown(reference: str) -> str:
    return spell_measure(*measure(reference, known())).replace(" ", NBSP)


def pages_root():  # type: ignore[no-untyped-def]
    return ROOT / "docs"


RUNTIME = SimpleNamespace(
    path="assets/runtime/x/", checker_path="assets/c.zip", total_bytes=1, files=()
)


def frame_of(page: str, knowledge: Knowledge) -> checker_frame.Frame:
    """What a page of the checker is drawn from, without any pages around it."""
    shared = checker_frame.shared(knowledge, {})
    return checker_frame.Frame(knowledge, RUNTIME, page, shared)  # type: ignore[arg-type]


def form_of(decision: str, knowledge: Knowledge | None = None) -> BeautifulSoup:
    """The HTML of a decision's page."""
    frame = frame_of(f"check/{decision}.md", knowledge or known())
    return soup(checker_form.checker(decision, frame))


def with_table(cells: tuple[str, ...], label: str = "Row") -> Knowledge:
    columns = tuple(f"Column {number}" for number, _ in enumerate(cells))
    table = Table(caption="A", corner="B", columns=columns, rows=(Row(label=label, cells=cells),))
    return replace(known(), tables={"t": table})
