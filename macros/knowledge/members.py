"""The members that a setting names: a misspelled one would make a setting that never applies."""

import re
from collections.abc import Iterator

from checker.config.settings import members_of
from checker.config.shapes import Shapes
from checker.knowledge.model import Knowledge
from checker.problems import did_you_mean
from macros.knowledge.lookups import Finding


class _UnknownError(Exception):
    """A step of a path that nothing has; the second argument lists what is there."""


def check_members(known: Knowledge) -> Iterator[Finding]:
    """The members of all settings, where the knowledge has AWS's API model."""
    for key in known.settings:
        yield from member_findings(known, key)


def member_findings(known: Knowledge, key: str) -> Iterator[Finding]:
    """Each path of a setting, and each member in its conditions, is one of AWS's API model."""
    if not known.shapes:
        return
    shapes, setting = Shapes(known), known.settings[key]
    for index, place in enumerate(setting.at):
        try:
            shape = _walk(shapes, None, place)
        except _UnknownError as error:
            yield _finding(("settings", key, "at", index), error)
            continue
        for part in ("when", "then"):
            for name in sorted(set(members_of(getattr(setting, part)))):
                try:
                    _walk(shapes, shape, name)
                except _UnknownError as error:
                    yield _finding(("settings", key, part), error)


def _finding(path: tuple[str | int, ...], error: _UnknownError) -> Finding:
    name, names = error.args
    return path, "K005", f"unknown member '{name}'", did_you_mean(name, names)


def _walk(shapes: Shapes, shape: str | None, path: str) -> str:
    """The shape at a path below another one, or below an operation."""
    for step in re.findall(r"[^.\[\]]+|\[\]", path):
        if shape is None:
            if step not in shapes.operations:
                raise _UnknownError(step, list(shapes.operations))
            shape = shapes.operations[step]
        elif step == "[]":
            shape = shapes.inner(shape, "")[0]
        elif step in (names := list(shapes.members(shape))):
            shape = shapes.inner(shape, step)[0]
        else:
            raise _UnknownError(step, names)
    return shape or ""
