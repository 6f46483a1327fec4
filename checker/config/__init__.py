"""Check configurations of endpoints against the knowledge: files in, findings with lines out.

>>> import checker
>>> from checker.config import check
>>> report = check({"endpoint.json": b"{}"}, checker.bundled_knowledge())
>>> report.plain()["state"]
'unreadable'
"""

from collections.abc import Iterable, Mapping
from itertools import islice

from checker.config.documents import decode, documents, requests
from checker.config.faults import MOST_REQUESTS, Unreadable
from checker.config.judging import findings
from checker.config.model import Finding, Report, Request
from checker.config.shapes import Shapes
from checker.config.signs import DECISIONS
from checker.knowledge.model import Knowledge

__all__ = ["DECISIONS", "Finding", "Report", "Request", "check", "read"]


def check(files: Mapping[str, bytes | str], knowledge: Knowledge) -> Report:
    """Check files that belong together, such as a model and its endpoint configuration.

    Args:
        files: contents by name; the name is how findings call a file, and ``.json`` is JSON.
        knowledge: what ``bundled_knowledge`` gave.

    Returns:
        All findings, the files that cannot be read among them. Nothing is raised for bad input.
    """
    shapes = Shapes(knowledge)
    found: list[Request] = []
    unreadable: list[Finding] = []
    for name, content in files.items():
        try:
            found += read(shapes, name, content)
        except Unreadable as error:
            unreadable.append(error.finding(name))
    return Report(tuple(findings(knowledge, shapes, found)), tuple(unreadable), tuple(found))


def read(shapes: Shapes, name: str, content: bytes | str) -> Iterable[Request]:
    """The requests that one file states.

    Raises:
        Unreadable: the file is no configuration.
    """
    text = decode(content.encode(errors="replace") if isinstance(content, str) else content)
    found = tuple(islice(requests(shapes, documents(text, name), name), MOST_REQUESTS + 1))
    if len(found) > MOST_REQUESTS:
        said = f"more than {MOST_REQUESTS} requests"
        raise Unreadable(found[-1].line, said, "split the file")
    return found
