"""What ``checker check`` found, as lines for a terminal and as annotations on GitHub."""

from collections.abc import Iterator, Mapping
from typing import Any

type Json = Mapping[str, Any]

_GITHUB = {"problem": "error", "warning": "warning"}


_STATES = {
    "clean": "No problem was found.",
    "unreadable": "This cannot be checked.",
}


def findings_view(report: Json) -> dict[str, Any]:
    """The same for a page: a headline, what was read, and one item for each finding."""
    found = [*report["unreadable"], *report["problems"], *report["warnings"]]
    state = report["state"]
    number = len(report["problems"])
    problems = "1 problem was found." if number == 1 else f"{number} problems were found."
    return {
        "state": state,
        "headline": _STATES.get(state, problems),
        "read": _read(report),
        "items": [_item(finding) for finding in found],
    }


def _read(report: Json) -> str:
    names = [f"{request['operation']} (line {request['line']})" for request in report["read"]]
    return f"Read: {', '.join(names)}." if names else ""


def _item(finding: Json) -> dict[str, Any]:
    source = finding["source"] or {}
    return {
        "level": finding["level"],
        "code": finding["code"],
        "line": finding["line"],
        "text": finding["message"],
        "place": finding["path"],
        "limit": f"held against {finding['limit']}" if finding["limit"] else "",
        "hint": finding["hint"],
        "title": source.get("title") or "",
        "url": source.get("url") or "",
        "checked": f"checked {finding['checked']}" if finding["checked"] else "",
    }


def findings_report(report: Json) -> str:
    """Each finding with its file and line, the remedy below it, and the sum at the end."""
    found = [*report["unreadable"], *report["problems"], *report["warnings"]]
    return "\n".join([line for finding in found for line in _lines(finding)] + [_sum(report)])


def _lines(finding: Json) -> Iterator[str]:
    place = f"{finding['file']}:{finding['line']}"
    yield f"{place}: {finding['level']} {finding['code']} {finding['message']}"
    if finding["path"]:
        limit = f", held against {finding['limit']}" if finding["limit"] else ""
        yield f"    {finding['path']}{limit}"
    if finding["hint"]:
        yield f"    {finding['hint']}"
    if source := finding_source(finding):
        yield f"    {source}"


def finding_source(finding: Json) -> str:
    """The source and the day of its check: "Title, https://..., checked 2026-11-22"."""
    source = finding["source"] or {}
    checked = f"checked {finding['checked']}" if finding["checked"] else ""
    return ", ".join(part for part in (source.get("title"), source.get("url"), checked) if part)


def _sum(report: Json) -> str:
    counts = [(len(report["problems"]), "problem"), (len(report["warnings"]), "warning")]
    told = [f"{number} {word}{'' if number == 1 else 's'}" for number, word in counts]
    unreadable = len(report["unreadable"])
    told += [f"{unreadable} unreadable"] if unreadable else []
    read = len(report["read"])
    return f"{', '.join(told)}; {read} request{'' if read == 1 else 's'} read."


def github_annotations(report: Json) -> str:
    """One workflow command for each finding, which GitHub shows beside the line."""
    found = [*report["unreadable"], *report["problems"], *report["warnings"]]
    return "\n".join(map(_annotation, found))


def _annotation(finding: Json) -> str:
    parts = (finding["message"], finding["hint"], finding_source(finding))
    text = _escaped("\n".join(part for part in parts if part))
    file = _escaped(finding["file"]).replace(":", "%3A").replace(",", "%2C")
    command = _GITHUB[finding["level"]]
    return f"::{command} file={file},line={finding['line']},title={finding['code']}::{text}"


def _escaped(text: str) -> str:
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")
