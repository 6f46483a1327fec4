"""JSON read with the line of every member; the standard library's reader knows no lines."""

import json
import re
from collections.abc import Iterator

from checker.config.faults import DEEPEST, Unreadable
from checker.config.nodes import Node, Scalar

_TOKEN = re.compile(r'[ \t\r]*(?:(\n)|("(?:[^"\\]|\\.)*")|([{}\[\],:])|([^\s{}\[\],:"]+))')
_CONSTANTS: dict[str, Scalar] = {"true": True, "false": False, "null": None}

type Token = tuple[str, int]


def read_json(text: str) -> Node:
    """The document.

    Raises:
        Unreadable: it is no JSON, it nests too deep, or a key is in an object twice.
    """
    _refuse_depth(text)
    try:
        json.loads(text)
    except json.JSONDecodeError as error:
        raise Unreadable(error.lineno, f"not JSON: {error.msg}", _remedy(error)) from None
    except (ValueError, RecursionError) as error:
        raise Unreadable(1, f"not JSON: {error}") from None
    return _value(tokens := _tokens(text), next(tokens))


def _remedy(error: json.JSONDecodeError) -> str:
    if "property name" in error.msg:
        return "put the key in double quotes, and no comma before a closing brace"
    return "close the bracket or add the comma" if "delimiter" in error.msg else ""


def _refuse_depth(text: str) -> None:
    depth, line = 0, 1
    for match in re.finditer(r'"(?:[^"\\]|\\.)*"|[{}\[\]\n]', text):
        sign = match[0]
        line += sign == "\n"
        depth += (sign in "{[") - (sign in "}]") if len(sign) == 1 else 0
        if depth > DEEPEST:
            raise Unreadable(line, f"nested more than {DEEPEST} levels deep", "remove brackets")


def _tokens(text: str) -> Iterator[Token]:
    """The tokens of valid JSON, each with its line."""
    line = 1
    for match in _TOKEN.finditer(text):
        if match[1]:
            line += 1
        else:
            yield match[2] or match[3] or match[4], line


def _value(tokens: Iterator[Token], token: Token) -> Node:
    sign, line = token
    if sign == "{":
        return Node(_members(tokens), line)
    if sign == "[":
        return Node(tuple(_items(tokens)), line)
    return Node(_scalar(sign), line)


def _scalar(sign: str) -> Scalar:
    if sign in _CONSTANTS:
        return _CONSTANTS[sign]
    found: Scalar = json.loads(sign)
    return found


def _members(tokens: Iterator[Token]) -> dict[str, Node]:
    found: dict[str, Node] = {}
    for sign, line in tokens:
        if sign == "}":
            break
        if sign == ",":
            continue
        key = str(json.loads(sign))
        if key in found:
            raise twice(key, line, found[key].line)
        next(tokens)
        found[key] = Node(_value(tokens, next(tokens)).value, line)
    return found


def twice(key: str, line: int, first: int) -> Unreadable:
    """What is said of a key that an object has twice."""
    return Unreadable(
        line, f"the key '{key[:60]}' is listed twice (first on line {first})", "keep one"
    )


def _items(tokens: Iterator[Token]) -> Iterator[Node]:
    for token in tokens:
        if token[0] == "]":
            return
        if token[0] != ",":
            yield _value(tokens, token)
