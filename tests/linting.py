"""cfn-lint on a template: a separate module, because the import of cfn-lint needs seconds."""

from functools import cache

import cfnlint
from cfnlint.core import get_rules
from cfnlint.match import Match
from cfnlint.rules import Rules


@cache
def _rules() -> Rules:
    return get_rules([], [], [])


def matches(template: str) -> list[Match]:
    """All that cfn-lint says of a template."""
    return cfnlint.lint(template, _rules(), ["us-east-1"])


def errors(template: str) -> set[str]:
    """The ids of the rules that find an error in it."""
    return {match.rule.id for match in matches(template) if match.rule.severity == "error"}
