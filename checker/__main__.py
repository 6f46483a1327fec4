"""The command line: ``python -m checker decide inference payload=6MB traffic=intermittent``.

Exit status: 0 decided, 1 not decided, 2 bad input.
"""

import argparse
import json
import sys
from collections.abc import Iterable, Sequence

from checker.api import Session, bundled_knowledge
from checker.model import Knowledge
from checker.report import report


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command; returns the exit status."""
    options = _parser().parse_args(arguments)
    try:
        knowledge = bundled_knowledge()
    except FileNotFoundError:
        print("checker: knowledge.json is not built yet; run 'make build'", file=sys.stderr)
        return 2
    return int(options.run(knowledge, options))


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="checker", description=__doc__.splitlines()[0])
    commands = parser.add_subparsers(required=True, metavar="command")
    decide = commands.add_parser("decide", help="a verdict from answers")
    decide.add_argument("decision", help="for example inference or monitoring")
    decide.add_argument("answers", nargs="*", metavar="field=value", help="payload=6MB")
    decide.add_argument("--json", action="store_true", help="the verdict as JSON")
    decide.add_argument("--hard", action="append", default=[], metavar="field", help="no way round")
    decide.add_argument("--soft", action="append", default=[], metavar="field", help="only a wish")
    decide.add_argument("--chosen", action="append", default=[], metavar="decision=option")
    decide.set_defaults(run=_decide)
    listing = commands.add_parser("options", help="decisions, their fields and options")
    listing.add_argument("decision", nargs="?")
    listing.set_defaults(run=_options)
    return parser


def _decide(knowledge: Knowledge, options: argparse.Namespace) -> int:
    answers, chosen = _pairs(options.answers), _pairs(options.chosen)
    malformed = [text for text in (*options.answers, *options.chosen) if "=" not in text]
    for text in malformed:
        print(f"A000 {text[:60]}: not field=value (for example payload=6MB)", file=sys.stderr)
    if malformed:
        return 2
    result = Session(knowledge).decide(
        [options.decision], answers, hard=options.hard, soft=options.soft, chosen=chosen
    )
    for problem in result["problems"]:
        hint = f" ({problem['hint']})" if problem["hint"] else ""
        print(f"{problem['code']} {problem['where']}: {problem['message']}{hint}", file=sys.stderr)
    if result["problems"]:
        return 2
    item = result["verdicts"][options.decision]
    print(json.dumps(item, indent=2, ensure_ascii=False) if options.json else report(result))
    return 0 if item["state"] == "decided" else 1


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


if __name__ == "__main__":
    sys.exit(main())
