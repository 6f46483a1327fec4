"""The command line: ``python -m checker decide inference payload=6MB traffic=intermittent``.

Exit status: 0 decided, 1 not decided, 2 bad input.
"""

import argparse
import json
import sys
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import Any

from checker.knowledge.loading import to_plain
from checker.knowledge.model import Knowledge
from checker.knowledge.references import fact_text
from checker.problems import did_you_mean
from checker.render.costs import break_even_report, cost_csv, cost_markdown, cost_report
from checker.render.markdown import markdown_record
from checker.render.terminal import reading_report, report
from checker.rules.audit import audit
from checker.session import Session, bundled_knowledge


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command; returns the exit status."""
    options = _parser().parse_args(arguments)
    try:
        knowledge = bundled_knowledge()
    except FileNotFoundError:
        print("checker: knowledge.json is not built yet; run 'make build'", file=sys.stderr)
        return 2
    try:
        return int(options.run(knowledge, options))
    except InputError as error:
        print(f"I001 {error}", file=sys.stderr)
        return 2


class InputError(ValueError):
    """A file that cannot be read, or that holds something else than was asked for."""


def _content(path: str) -> str:
    if path == "-":
        return sys.stdin.read()
    try:
        return Path(path).read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise InputError(f"{path}: {error}") from error


def _answers_in(path: str) -> dict[str, object]:
    """Answers by field from a JSON file, as the page's "Copy as JSON" gives them."""
    try:
        found = json.loads(_content(path))
    except ValueError as error:
        raise InputError(f"{path}: no JSON: {error}") from error
    answers = found.get("answers", found) if isinstance(found, dict) else None
    if not isinstance(answers, dict):
        raise InputError(f'{path}: not an object such as {{"payload": "6 MB"}}')
    return answers


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="checker", description=__doc__.splitlines()[0])
    commands = parser.add_subparsers(required=True, metavar="command")
    decide = commands.add_parser("decide", help="a verdict from answers")
    decide.add_argument("decision", help="for example inference or monitoring")
    decide.add_argument("answers", nargs="*", metavar="field=value", help="payload=6MB")
    decide.add_argument(
        "--file", metavar="path", help='answers as JSON {"payload": "6 MB"}; - reads standard input'
    )
    decide.add_argument("--json", action="store_true", help="the verdict as JSON")
    decide.add_argument("--markdown", action="store_true", help="a record for a design document")
    decide.add_argument("--hard", action="append", default=[], metavar="field", help="no way round")
    decide.add_argument("--soft", action="append", default=[], metavar="field", help="only a wish")
    decide.add_argument("--chosen", action="append", default=[], metavar="decision=option")
    decide.set_defaults(run=_decide)
    ask = commands.add_parser("ask", help="a verdict from plain sentences")
    ask.add_argument("text", nargs="*", help="the situation; without it, standard input is read")
    ask.add_argument("--file", metavar="path", help="a file that holds the text or the lines")
    ask.add_argument("--json", action="store_true", help="the answer as JSON")
    ask.add_argument("--jsonl", action="store_true", help='one {"id", "text"} a line, in and out')
    ask.set_defaults(run=_ask)
    _add_cost(commands.add_parser("cost", help="what options cost a month, and where they cross"))
    explain = commands.add_parser("explain", help="a rule, a fact or an option with its source")
    explain.add_argument("name", help="for example INF001, serverless.max_payload")
    explain.set_defaults(run=_explain)
    check = commands.add_parser("audit", help="every decision on every edge of its rules")
    check.add_argument("decision", nargs="*")
    check.set_defaults(run=_audit)
    listing = commands.add_parser("options", help="decisions, their fields and options")
    listing.add_argument("decision", nargs="?")
    listing.set_defaults(run=_options)
    return parser


def _add_cost(cost: argparse.ArgumentParser) -> None:
    cost.add_argument(
        "items",
        nargs="*",
        metavar="option | field=value",
        help="real-time-endpoint requests=1M/month; break-even first for the crossings alone",
    )
    cost.add_argument("--price", action="append", default=[], metavar="name=price")
    shape = cost.add_mutually_exclusive_group()
    shape.add_argument("--json", action="store_true", help="everything as JSON")
    shape.add_argument("--markdown", action="store_true", help="a record for a design document")
    shape.add_argument("--csv", action="store_true", help="one meter a row")
    cost.set_defaults(run=_cost)


def _decide(knowledge: Knowledge, options: argparse.Namespace) -> int:
    answers: Mapping[str, object] = _pairs(options.answers)
    chosen = _pairs(options.chosen)
    if options.file:
        answers = {**_answers_in(options.file), **answers}
    malformed = [text for text in (*options.answers, *options.chosen) if "=" not in text]
    for text in malformed:
        print(f"A000 {text[:60]}: not field=value (for example payload=6MB)", file=sys.stderr)
    well_formed = {name: values for name, values in answers.items() if name not in malformed}
    picks = {name: values for name, values in chosen.items() if name not in malformed}
    result = Session(knowledge).decide(
        [options.decision], well_formed, hard=options.hard, soft=options.soft, chosen=picks
    )
    _complain(result["problems"])
    if malformed or result["problems"]:
        return 2
    item = result["verdicts"][options.decision]
    if options.json:
        print(json.dumps(item, indent=2, ensure_ascii=False))
    elif options.markdown:
        print(markdown_record(item, knowledge.decisions[options.decision].label), end="")
    else:
        print(report(result))
    return 0 if item["state"] == "decided" else 1


def _cost(knowledge: Knowledge, options: argparse.Namespace) -> int:
    only_crossings = options.items[:1] == ["break-even"]
    items = options.items[only_crossings:]
    fields = {name: values[-1] for name, values in _pairs(i for i in items if "=" in i).items()}
    own = {name: values[-1] for name, values in _pairs(options.price).items()}
    named = [item for item in items if "=" not in item]
    today = date.today().isoformat()  # noqa: DTZ011 - the day where the command runs
    found = Session(knowledge).cost(fields, named, own, today=today)
    lacks = [] if found["problems"] else _lacking(found, only_crossings)
    _complain(found["problems"])
    if named:
        _complain([{"code": "C007", "where": o, "message": s, "hint": ""} for o, s in lacks])
    if found["problems"] or (named and lacks):
        return 2
    print(_shaped(found, options, only_crossings), end="\n" if options.json else "")
    return 0


def _lacking(found: Mapping[str, Any], only_crossings: bool) -> list[tuple[str, str]]:
    """Options and what they lack; a break-even needs no number of requests."""
    return [
        (option["option"], item["sentence"])
        for option in found["options"]
        for item in option["missing"]
        if not option["out"] and not (only_crossings and item["name"] == "requests")
    ]


def _shaped(found: Mapping[str, Any], options: argparse.Namespace, only_crossings: bool) -> str:
    if options.json:
        return json.dumps(found, indent=2, ensure_ascii=False)
    if options.markdown:
        return cost_markdown(found)
    if options.csv:
        return cost_csv(found)
    return (break_even_report if only_crossings else cost_report)(found) + "\n"


def _complain(problems: Iterable[Mapping[str, str]]) -> None:
    for problem in problems:
        hint = f" ({problem['hint']})" if problem["hint"] else ""
        print(f"{problem['code']} {problem['where']}: {problem['message']}{hint}", file=sys.stderr)


def _ask(knowledge: Knowledge, options: argparse.Namespace) -> int:
    session = Session(knowledge)
    if options.jsonl:
        # Line by line from a pipe, so that each answer comes as soon as its question.
        named = options.file and options.file != "-"
        return _ask_lines(session, _content(options.file).splitlines() if named else sys.stdin)
    text = " ".join(options.text) if options.text else _content(options.file or "-")
    answer = session.ask(text)
    for problem in answer["problems"]:
        print(f"{problem['code']} {problem['message']} ({problem['hint']})", file=sys.stderr)
    if answer["problems"]:
        return 2
    if options.json:
        print(json.dumps(answer, indent=2, ensure_ascii=False))
    else:
        print(reading_report(answer))
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


_LINE_KEYS = ("area", "state", "recommend", "also", "rejected", "flags", "missing", "read")


def _answer_line(session: Session, line: str, number: int) -> dict[str, object]:
    try:
        asked = json.loads(line)
        name, text = asked.get("id"), asked["text"]
        if not isinstance(text, str):
            raise TypeError("text is no string")
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        problem = {"code": "L001", "where": f"line {number}", "message": f"not readable: {error}"}
        return {"id": None, "state": "out-of-scope", "problems": [problem]}
    answer = session.ask(text)
    short = {"id": name, **{key: answer[key] for key in _LINE_KEYS}}
    return {**short, "problems": answer["problems"]} if answer["problems"] else short


def _explain(knowledge: Knowledge, options: argparse.Namespace) -> int:
    for section in ("rules", "facts", "options", "fields", "clashes", "services", "scenarios"):
        found = getattr(knowledge, section).get(options.name)
        if found is not None:
            plain = {section[:-1]: options.name, **to_plain(found)}
            if section == "facts":
                plain["text"] = fact_text(found, knowledge)
            print(json.dumps(plain, indent=2, ensure_ascii=False))
            return 0
    names = [*knowledge.rules, *knowledge.facts, *knowledge.options]
    hint = did_you_mean(options.name, names)
    print(f"E001 there is nothing called '{options.name}' ({hint})", file=sys.stderr)
    return 2


def _audit(knowledge: Knowledge, options: argparse.Namespace) -> int:
    findings = 0
    for name in options.decision or knowledge.decisions:
        found = audit(knowledge, name)
        findings += len(found.findings)
        print(
            f"{name}: {found.rules} rules, {found.options} options, {found.cases} cases, "
            f"{len(found.findings)} findings"
        )
        for finding in found.findings:
            print(f"  {finding.kind}: {finding.what}")
    return 1 if findings else 0


def _pairs(texts: Iterable[str]) -> dict[str, list[str]]:
    """``field=value`` pairs; a field given twice keeps both values, for the reader to refuse."""
    pairs: dict[str, list[str]] = {}
    for text in texts:
        name, _, value = text.partition("=")
        pairs.setdefault(name.strip(), []).append(value.strip())
    return pairs


def _options(knowledge: Knowledge, options: argparse.Namespace) -> int:
    wanted = [options.decision] if options.decision else list(knowledge.decisions)
    for name in wanted:
        if name not in knowledge.decisions:
            print(f"D001 decision: there is no decision '{name}'", file=sys.stderr)
            return 2
        print("\n".join(_decision_lines(knowledge, name)))
    return 0


def _decision_lines(knowledge: Knowledge, name: str) -> Iterable[str]:
    record = knowledge.decisions[name]
    yield f"{name}: {record.question}"
    for option in record.options:
        yield f"  {option}: {knowledge.options[option].label}"
    for field in record.fields:
        known = knowledge.fields[field]
        takes = ", ".join(known.values) or f"a number of {known.unit or 'units'}"
        yield f"  {field}=...  {known.question} [{takes}]"
