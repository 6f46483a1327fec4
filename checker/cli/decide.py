"""``checker decide``: a verdict from answers."""

import argparse
import json
from collections.abc import Mapping

from checker.cli.inputs import Commands, answers_in, complain, malformed_in, pairs
from checker.knowledge.model import Knowledge
from checker.knowledge.references import option_labels
from checker.render.markdown import markdown_record
from checker.render.terminal import report
from checker.session import Session


def add(commands: Commands) -> None:
    """Add the command to the parser."""
    decide = commands.add_parser("decide", help="a verdict from answers")
    decide.add_argument("decision", help="for example inference or monitoring")
    decide.add_argument("answers", nargs="*", metavar="field=value", help="payload=6MB")
    decide.add_argument(
        "--file", metavar="path", help='answers as JSON {"payload": "6 MB"}; - reads standard input'
    )
    shape = decide.add_mutually_exclusive_group()
    shape.add_argument("--json", action="store_true", help="the verdict as JSON")
    shape.add_argument("--markdown", action="store_true", help="a record for a design document")
    decide.add_argument("--hard", action="append", default=[], metavar="field", help="a must have")
    decide.add_argument(
        "--soft", action="append", default=[], metavar="field", help="a nice to have"
    )
    decide.add_argument("--chosen", action="append", default=[], metavar="decision=option")
    decide.set_defaults(run=_decide)


def _decide(knowledge: Knowledge, options: argparse.Namespace) -> int:
    answers: Mapping[str, object] = pairs(options.answers)
    chosen = pairs(options.chosen)
    if options.file:
        answers = {**answers_in(options.file), **answers}
    malformed = malformed_in((*options.answers, *options.chosen))
    well_formed = {name: values for name, values in answers.items() if name not in malformed}
    picks = {name: values for name, values in chosen.items() if name not in malformed}
    result = Session(knowledge).decide(
        [options.decision], well_formed, hard=options.hard, soft=options.soft, chosen=picks
    )
    complain(result["problems"])
    if malformed or result["problems"]:
        return 2
    item = result["verdicts"][options.decision]
    if options.json:
        print(json.dumps(item, indent=2, ensure_ascii=False))
    elif options.markdown:
        print(markdown_record(item, knowledge.decisions[options.decision].label), end="")
    else:
        print(report(result, option_labels(knowledge)))
    return 0 if item["state"] == "decided" else 1
