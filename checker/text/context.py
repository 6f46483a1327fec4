"""Clauses that say no need: how it was, what was rejected, what somebody says of a service."""

import re
from collections.abc import Sequence

from checker.text.tokens import Token

_ROLES = (
    ("past", re.compile(
        r"\b(?:(?<!are )(?<!is )(?<!'re )(?<!get )(?<!got )used to|until (?:now|recently)|so far"
        r"|previously|formerly|back then|in the past"
        r"|the (?:release|version) before last|last (?:year|spring|summer|autumn|winter)|we had)\b"
    )),
    ("rejected", re.compile(
        r"\b(?:instead of|rather than|no longer|away from|not an option|out of the question"
        r"|we (?:considered|thought of|looked at)|i wanted to use)\b"
    )),
    ("service", re.compile(
        r"\b(?:serverless|batch transform|real-?time endpoints?|async\w*|sagemaker|clarify"
        r"|model monitor|spot|lambda)(?:\s+\w+){0,2}?\s+(?:has no|have no|has a|lacks?|cannot|can't"
        r"|does not|doesn't|only (?:has|supports|accepts|takes)|supports?|offers?|refuses?)\b"
    )),
    ("status-quo", re.compile(r"\b(?:today|currently|at the moment|at present|right now)\b")),
)  # fmt: skip


def roles_in(text: str, tokens: Sequence[Token]) -> list[tuple[str, str, int, int]]:
    """Each sentence part with such a role: its words, the role, where it starts and ends."""
    found: list[tuple[str, str, int, int]] = []
    lowered = text.lower()
    at = 0
    while at < len(tokens):
        end = at
        while end + 1 < len(tokens) and tokens[end + 1].clause == tokens[at].clause:
            end += 1
        start, stop = tokens[at].start, tokens[end].end
        for role, pattern in _ROLES:
            if pattern.search(lowered, start, stop):
                found.append((text[start:stop].strip(" .,;:"), role, start, stop))
                break
        at = end + 1
    return found
