"""``checker mcp``: the checker's answers for agents and editors, over standard input and output.

It needs the extra: ``pip install "sagemaker-checker[mcp]"``. All tools only read what the package
has; nothing is sent anywhere.
"""

import argparse
import sys
from typing import TYPE_CHECKING, Any

from checker.cli.about import SITE, link_to, newest_check, version
from checker.cli.inputs import Commands
from checker.cli.lookup import explained, page_of
from checker.config import check
from checker.knowledge.model import Knowledge
from checker.session import Session

if TYPE_CHECKING:
    from mcp.server import MCPServer

# No `type` alias: the SDK reads the annotation, and would wrap what it does not see as an object.
Json = dict[str, Any]

INSTRUCTIONS = (
    "Decides how to serve, release and monitor models on Amazon SageMaker AI by rules with sources."
)


def add(commands: Commands) -> None:
    """Add the command to the parser."""
    serve = commands.add_parser("mcp", help="an MCP server on standard input and output")
    serve.set_defaults(run=_serve)


def _serve(knowledge: Knowledge, _: argparse.Namespace) -> int:
    try:
        made = server(knowledge)
    except ModuleNotFoundError as error:
        hint = 'pip install "sagemaker-checker[mcp]"'
        print(f"M001 mcp: the package {error.name} is not installed ({hint})", file=sys.stderr)
        return 2
    made.run("stdio")
    return 0


def server(knowledge: Knowledge) -> "MCPServer":
    """The server with its four tools.

    Raises:
        ModuleNotFoundError: the extra is not installed.
    """
    from mcp.server import MCPServer
    from mcp.types import ToolAnnotations

    made = MCPServer(
        "sagemaker-checker", instructions=INSTRUCTIONS, website_url=SITE, version=version()
    )
    reads = ToolAnnotations(
        read_only_hint=True, destructive_hint=False, idempotent_hint=True, open_world_hint=False
    )
    for tool, description in Tools(knowledge).described():
        made.tool(description=description, annotations=reads)(tool)
    return made


class Tools:
    """The tools as plain functions; each answer says the version, the day and a link."""

    def __init__(self, knowledge: Knowledge) -> None:
        self._session = Session(knowledge)
        self._knowledge = knowledge

    def described(self) -> tuple[tuple[Any, str], ...]:
        """Each tool with the one sentence that an agent reads."""
        names = ", ".join(self._knowledge.decisions)
        return (
            (self.decide, f"Verdict on one decision ({names}) from answers by field."),
            (self.read_text, "Verdict on a workload that is described in plain English."),
            (self.explain, "A rule, fact, option, field or decision by its id, with its source."),
            (self.check_config, "Problems of a SageMaker endpoint configuration or template."),
        )

    def decide(self, decision: str, answers: dict[str, str | int | float | bool]) -> Json:
        """A verdict as ``checker decide --json`` prints it, or the problems of the answers."""
        found = self._session.decide([decision], answers)
        known = decision if decision in self._knowledge.decisions else None
        verdict = found["verdicts"].get(decision)
        body = {"problems": found["problems"], "verdict": verdict}
        return _signed(body, link_to(known, answers), (verdict or {}).get("checked"))

    def read_text(self, text: str) -> Json:
        """What a text states, and the verdict on it, as ``checker ask --json`` prints it."""
        reply = self._session.ask(text)
        stated = {item["field"]: item["value"] for item in reply.get("read", ())}
        verdict = reply.get("verdict") or {}
        return _signed(reply, link_to(reply.get("area"), stated), verdict.get("checked"))

    def explain(self, name: str) -> Json:
        """An entry of the knowledge, or the nearest name."""
        entry, problem = explained(self._knowledge, name)
        body = {"entry": entry, "problems": [problem.plain()] if problem else []}
        return _signed(body, SITE + page_of(self._knowledge, name), (entry or {}).get("checked"))

    def check_config(self, text: str, name: str = "configuration") -> Json:
        """Findings as ``checker check --json`` prints them; ``name`` is what they call the text."""
        report = check({name: text}, self._knowledge).plain()
        return _signed(report, f"{SITE}check/configuration/", None)


def _signed(body: Json, link: str, checked: str | None) -> Json:
    return {"version": version(), "checked": checked or newest_check(), "link": link, **body}
