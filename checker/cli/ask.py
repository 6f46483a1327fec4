"""``checker ask``: a verdict from plain sentences, or one for each line of JSON."""

import argparse
import json
import sys
from collections.abc import Iterable

from checker.cli.inputs import Commands, content, parse_json, standard_input
from checker.knowledge.model import Knowledge
from checker.knowledge.references import option_labels
from checker.render.terminal import reading_report
from checker.session import Session


def add(commands: Commands) -> None:
    """Add the command to the parser."""
    ask = commands.add_parser("ask", help="a verdict from plain sentences")
    ask.add_argument("text", nargs="*", help="the situation; without it, standard input is read")
    ask.add_argument("--file", metavar="path", help="a file that holds the text or the lines")
    ask.add_argument("--json", action="store_true", help="the answer as JSON")
    ask.add_argument("--jsonl", action="store_true", help='one {"id", "text"} a line, in and out')
    ask.set_defaults(run=_ask)


def _ask(knowledge: Knowledge, options: argparse.Namespace) -> int:
    session = Session(knowledge)
    if options.jsonl:
        # Line by line from a pipe, so that each answer comes as soon as its question.
        named = options.file and options.file != "-"
        return _ask_lines(session, content(options.file).split("\n") if named else standard_input())
    text = " ".join(options.text) if options.text else content(options.file or "-")
    answer = session.ask(text)
    for problem in answer["problems"]:
        print(f"{problem['code']} {problem['message']} ({problem['hint']})", file=sys.stderr)
    if answer["problems"]:
        return 2
    if options.json:
        print(json.dumps(answer, indent=2, ensure_ascii=False))
    else:
        print(reading_report(answer, option_labels(knowledge)))
    return 0 if answer["state"] == "decided" else 1


def _ask_lines(session: Session, lines: Iterable[str]) -> int:
    """One answer a line; a line that cannot be read is answered with its problem."""
    status = 0
    for number, line in enumerate(lines, start=1):
        if not line.strip():
            continue
        answer = _answer_line(session, line, number)
        status = max(status, 2 if answer.get("problems") else int(answer["state"] != "decided"))
        print(json.dumps(answer, ensure_ascii=False), flush=True)
    return status


_LINE_KEYS = (
    "area", "state", "recommend", "also", "rejected", "flags", "missing", "question", "read",
    "elsewhere", "unplaced",
)  # fmt: skip


def _answer_line(session: Session, line: str, number: int) -> dict[str, object]:
    try:
        asked = parse_json(line)
        name, text = asked.get("id"), asked["text"]
        if not isinstance(text, str):
            raise TypeError("text is not a string")
        answers, other = asked.get("answers") or {}, asked.get("other") or []
        if not isinstance(answers, dict) or not isinstance(other, list):
            raise TypeError("answers must be an object, and other a list")
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        problem = {"code": "L001", "where": f"line {number}", "message": f"not readable: {error}"}
        return {"id": None, "state": "out-of-scope", "problems": [problem]}
    answer = session.ask(text, answers, [str(quote) for quote in other])
    short = {"id": name, **{key: answer[key] for key in _LINE_KEYS}}
    return {**short, "problems": answer["problems"]} if answer["problems"] else short
