"""Facts against AWS's own published API models, as the installed botocore carries them."""

from collections.abc import Mapping
from dataclasses import replace
from functools import cache
from typing import Any

import botocore
import pytest
from botocore.loaders import Loader

from checker.knowledge.model import ApiBound, Fact
from tests import support
from tests.support import known

type Path = tuple[str | int, ...]
BOUNDS = {
    f"{key}-{number}-{bound.bound}-{bound.path}": (key, number)
    for key, fact in known().facts.items()
    for number, bound in enumerate(fact.api)
}


@cache
def model(service: str) -> Mapping[str, Any]:
    return dict(Loader().load_service_model(service, "service-2"))


def shape(path: str) -> Mapping[str, Any] | None:
    """The shape, member's shape or operation at ``service/Shape`` or ``service/Shape.member``."""
    service, _, name = path.partition("/")
    shapes, operations = model(service)["shapes"], model(service)["operations"]
    owner, _, member = name.partition(".")
    if member:
        inner = shapes.get(owner, {}).get("members", {}).get(member)
        return dict(shapes[inner["shape"]]) if inner else None
    return shapes.get(owner) or operations.get(owner)


def difference(key: str, fact: Fact, number: int) -> str | None:
    """What AWS's model says differently, and which line to edit; None where they agree."""
    bound = fact.api[number]
    found = shape(bound.path)
    place: Path = ("facts", key, "api", number)
    if found is None:
        return _message(key, place, bound, "that it exists", "nothing of that name")
    if bound.bound == "enum":
        missing = sorted(set(bound.values) - set(found.get("enum", ())))
        said = f"{', '.join(found.get('enum', ()))}"
        return _message(key, place, bound, f"{', '.join(missing)}", said) if missing else None
    if bound.bound in ("min", "max"):
        return _number(key, fact, bound, found.get(bound.bound))
    return None


def _number(key: str, fact: Fact, bound: ApiBound, theirs: object) -> str | None:
    measure = fact.parts[bound.part] if bound.part else fact
    place = ("facts", key, *(("parts", bound.part) if bound.part else ()), "value")
    assert isinstance(measure.value, int | float), f"{key}: {bound.bound} of a text"
    if measure.value * bound.scale == theirs:
        return None
    ours = f"{measure.value} {measure.unit or ''} (times {bound.scale})"
    return _message(key, place, bound, ours, str(theirs))


def _message(key: str, place: Path, bound: ApiBound, ours: str, theirs: str) -> str:
    return (
        f"{key}: we say {ours}, {bound.path} in botocore {botocore.__version__} has "
        f"{bound.bound}: {theirs}; edit {support.document().place(place)}"
    )


@pytest.mark.parametrize(("key", "number"), BOUNDS.values(), ids=BOUNDS)
def test_a_fact_agrees_with_the_published_api_model(key: str, number: int) -> None:
    assert (found := difference(key, known().facts[key], number)) is None, found


def test_a_bound_on_a_list_of_words_names_the_words() -> None:
    bounds = [bound for fact in known().facts.values() for bound in fact.api]
    assert [b.path for b in bounds if bool(b.values) is not (b.bound == "enum")] == []


def _with(key: str, number: int, **changes: Any) -> Fact:
    """A fact with one of its bounds changed."""
    fact = known().facts[key]
    api = list(fact.api)
    api[number] = replace(api[number], **changes)
    return replace(fact, api=tuple(api))


def _first(bound: str, part: bool = False) -> tuple[str, int]:
    return next(
        (key, number)
        for key, number in BOUNDS.values()
        if (found := known().facts[key].api[number]).bound == bound and bool(found.part) is part
    )


def test_a_wrong_value_is_reported_with_both_values_and_the_line_to_edit() -> None:
    key, number = _first("max")
    fact = known().facts[key]
    assert isinstance(fact.value, int | float)
    told = difference(key, replace(fact, value=fact.value + 1), number)
    line = support.document().lines[("facts", key, "value")]
    assert told is not None
    for part in (key, str(fact.value + 1), str(fact.value * fact.api[number].scale)):
        assert part in told
    assert told.endswith(f"edit docs/data/facts.yml:{line}")


def test_a_wrong_part_is_reported_with_the_line_of_the_part() -> None:
    key, number = _first("max", part=True)
    told = difference(key, _with(key, number, scale=7), number)
    part = known().facts[key].api[number].part
    line = support.document().lines[("facts", key, "parts", str(part), "value")]
    assert told is not None
    assert told.endswith(f"edit docs/data/facts.yml:{line}")


@pytest.mark.parametrize("path", ["sagemaker/NoSuchThing", "sagemaker/ProductionVariant.NoSuch"])
def test_what_the_api_does_not_have_is_reported(path: str) -> None:
    key, number = _first("exists")
    told = difference(key, _with(key, number, path=path), number)
    line = support.document().lines[("facts", key, "api", number)]
    assert told is not None
    assert path in told
    assert told.endswith(f"edit docs/data/facts.yml:{line}")


def test_a_word_that_the_api_does_not_list_is_reported() -> None:
    key, number = _first("enum")
    told = difference(key, _with(key, number, values=("NoSuchWord",)), number)
    assert told is not None
    assert "NoSuchWord" in told


CELLS = {
    f"{key}-{option}-{path}": (path, exists)
    for key, capability in known().capabilities.items()
    for option, cell in capability.cells.items()
    for path, exists in ((cell.has, True), (cell.lacks, False))
    if path
}


@pytest.mark.parametrize(("path", "exists"), CELLS.values(), ids=CELLS)
def test_the_api_has_and_lacks_what_a_cell_of_the_capabilities_says(
    path: str, exists: bool
) -> None:
    assert (shape(path) is not None) is exists, f"{path} in botocore {botocore.__version__}"
    service, _, name = path.partition("/")
    owner, _, member = name.partition(".")
    if member:
        assert shape(f"{service}/{owner}"), f"no {owner}, so that it lacks {member} proves nothing"
