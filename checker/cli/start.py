"""``checker start``: from answers to a script, a template or a configuration to begin with."""

import argparse
import json
import sys
from collections.abc import Mapping

from checker.cli.inputs import Commands, answers_in, complain, malformed_in, pairs
from checker.knowledge.model import Knowledge
from checker.session import Session
from checker.starting import FORMS


def add(commands: Commands) -> None:
    """Add the command to the parser."""
    start = commands.add_parser("start", help="a script or template to begin with")
    start.add_argument("decision", help="inference, endpoint-type, rollout or optimization")
    start.add_argument("answers", nargs="*", metavar="field=value", help="payload=6MB")
    start.add_argument(
        "--as", dest="form", choices=FORMS, default=FORMS[0], help="the language of the result"
    )
    start.add_argument("--option", default="", help="default: the recommended option")
    start.add_argument(
        "--file", metavar="path", help='answers as JSON {"payload": "6 MB"}; - reads standard input'
    )
    start.add_argument("--json", action="store_true", help="the text with its name as JSON")
    start.set_defaults(run=_start)


def _start(knowledge: Knowledge, options: argparse.Namespace) -> int:
    answers: Mapping[str, object] = pairs(options.answers)
    if options.file:
        answers = {**answers_in(options.file), **answers}
    malformed = malformed_in(options.answers)
    answers = {name: values for name, values in answers.items() if name not in malformed}
    found = Session(knowledge).start(options.decision, answers, options.form, options.option)
    complain(found["problems"])
    if malformed:
        return 2
    if found["problems"]:
        return 1 if found["problems"][0]["code"] in ("S002", "S004") else 2
    if options.json:
        print(json.dumps(found, indent=2, ensure_ascii=False))
    else:
        sys.stdout.write(found["text"])
    return 0
