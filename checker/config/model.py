"""What is read from configuration files, and what is found in them."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from typing import Any, Literal

from checker.config.nodes import Node

type Json = dict[str, Any]
Level = Literal["problem", "warning"]
Form = Literal["api", "part", "cloudformation", "terraform"]


@dataclass(frozen=True, slots=True)
class Request:
    """One request to AWS as a file states it, whatever format the file has.

    ``parameters`` has the members of the API operation. ``name`` is the logical name in a template,
    which others refer to.
    """

    operation: str
    parameters: Node
    file: str
    line: int
    name: str | None = None
    form: Form = "api"
    """``part`` is a member of a request alone, such as a list of variants."""


@dataclass(frozen=True, slots=True)
class Sign:
    """An answer, or an option where ``option`` is true, and the place that says it.

    ``name`` is a field or a decision.
    """

    name: str
    value: str
    request: Request
    node: Node
    path: str
    option: bool = False


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing wrong with a configuration, or one to know before it is used.

    ``code`` is the id of the rule or clash, or the code of a message. ``limit`` is what the value
    was held against, ``source`` a title and an address, ``checked`` the day of the fact.
    """

    level: Level
    code: str
    file: str
    line: int
    path: str
    message: str
    hint: str = ""
    limit: str | None = None
    fact: str | None = None
    source: Mapping[str, str | None] | None = None
    checked: str | None = None

    def plain(self) -> Json:
        """The same for JSON."""
        return asdict(self)


@dataclass(frozen=True, slots=True)
class Report:
    """All findings of some files; ``unreadable`` are those that keep a file from being read."""

    findings: tuple[Finding, ...] = ()
    unreadable: tuple[Finding, ...] = ()
    requests: tuple[Request, ...] = field(default=(), repr=False)

    @property
    def problems(self) -> tuple[Finding, ...]:
        """The findings that are problems."""
        return tuple(found for found in self.findings if found.level == "problem")

    @property
    def warnings(self) -> tuple[Finding, ...]:
        """The findings that are only to know."""
        return tuple(found for found in self.findings if found.level == "warning")

    def plain(self) -> Json:
        """The same for JSON: ``state`` is clean, problems or unreadable."""
        state = "unreadable" if self.unreadable else "problems" if self.problems else "clean"
        return {
            "state": state,
            "read": [
                {"operation": r.operation, "file": r.file, "line": r.line, "name": r.name}
                for r in self.requests
            ],
            "problems": [found.plain() for found in self.problems],
            "warnings": [found.plain() for found in self.warnings],
            "unreadable": [found.plain() for found in self.unreadable],
        }
