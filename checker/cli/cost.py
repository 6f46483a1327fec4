"""``checker cost``: what options cost a month, and where one overtakes another."""

import argparse
import json
from collections.abc import Mapping
from datetime import date
from typing import Any

from checker.cli.inputs import Commands, complain, pairs
from checker.knowledge.model import Knowledge
from checker.render.costs import break_even_report, cost_csv, cost_markdown, cost_report
from checker.session import Session


def add(commands: Commands) -> None:
    """Add the command to the parser."""
    cost = commands.add_parser(
        "cost", help="the monthly cost of options, and their break-even points"
    )
    cost.add_argument(
        "items",
        nargs="*",
        metavar="option | field=value",
        help="real-time-endpoint requests=1M/month; begin with break-even for those points only",
    )
    cost.add_argument("--price", action="append", default=[], metavar="name=price")
    shape = cost.add_mutually_exclusive_group()
    shape.add_argument("--json", action="store_true", help="everything as JSON")
    shape.add_argument("--markdown", action="store_true", help="a record for a design document")
    shape.add_argument("--csv", action="store_true", help="one row for each meter")
    cost.set_defaults(run=_cost)


def _cost(knowledge: Knowledge, options: argparse.Namespace) -> int:
    only_crossings = options.items[:1] == ["break-even"]
    items = options.items[only_crossings:]
    fields = {name: values[-1] for name, values in pairs(i for i in items if "=" in i).items()}
    own = {name: values[-1] for name, values in pairs(options.price).items()}
    named = [item for item in items if "=" not in item]
    today = date.today().isoformat()  # noqa: DTZ011 - the day where the command runs
    found = Session(knowledge).cost(fields, named, own, today=today)
    lacks = [] if found["problems"] else _lacking(found, only_crossings)
    complain(found["problems"])
    if named:
        complain([{"code": "C007", "where": o, "message": s, "hint": ""} for o, s in lacks])
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
