"""``checker check``: configurations of endpoints against the rules, before they are deployed."""

import argparse
import json
import sys
from dataclasses import replace
from pathlib import Path

from checker.cli.inputs import Commands
from checker.config import Finding, Report, check
from checker.knowledge.model import Knowledge
from checker.render.findings import findings_report, github_annotations

HELP = "configuration files against the rules: exit status 0 clean, 1 problems, 2 unreadable"


def add(commands: Commands) -> None:
    """Add the command to the parser."""
    checking = commands.add_parser("check", help=HELP, description=HELP)
    checking.add_argument(
        "files",
        nargs="+",
        metavar="file",
        help="requests for boto3 or the AWS CLI, CloudFormation, terraform show -json; - for input",
    )
    checking.add_argument(
        "--skip-unknown", action="store_true", help="pass over files that describe no endpoint"
    )
    shape = checking.add_mutually_exclusive_group()
    shape.add_argument("--json", action="store_true", help="all findings as JSON")
    shape.add_argument("--github", action="store_true", help="annotations for GitHub Actions")
    checking.set_defaults(run=_check)


def _check(knowledge: Knowledge, options: argparse.Namespace) -> int:
    contents: dict[str, bytes] = {}
    missing: list[Finding] = []
    for name in options.files:
        try:
            contents[name] = _bytes(name)
        except OSError as error:
            said = f"cannot be read: {error.strerror}"
            missing.append(Finding("problem", "F000", name, 1, "", said, "check the name"))
    report = check(contents, knowledge)
    kept = (f for f in report.unreadable if not (options.skip_unknown and f.code == "F002"))
    report = replace(report, unreadable=(*missing, *kept))
    if text := _shaped(report, options):
        print(text)
    return 2 if report.unreadable else 1 if report.problems else 0


def _bytes(name: str) -> bytes:
    return sys.stdin.buffer.read() if name == "-" else Path(name).read_bytes()


def _shaped(report: Report, options: argparse.Namespace) -> str:
    plain = report.plain()
    if options.json:
        return json.dumps(plain, indent=2, ensure_ascii=False)
    return github_annotations(plain) if options.github else findings_report(plain)
