"""Plain JSON to the dataclasses of ``model`` and back, with nothing but their hints."""

import json
from collections.abc import Callable, Iterator, Mapping
from dataclasses import MISSING, fields, is_dataclass, replace
from functools import cache
from types import UnionType
from typing import Any, Union, get_args, get_origin, get_type_hints

from checker.knowledge.model import Knowledge


def load_knowledge(text: str | bytes) -> Knowledge:
    """Read ``knowledge.json``, as written at build time from the validated YAML.

    An entry is made when it is first looked at: one verdict needs a small part of the knowledge,
    and a page waits for it.

    Raises:
        ValueError: not JSON, or no such section in the model; where an entry has a key that the
            model does not have, looking at it raises the same.
    """
    return Knowledge(**_sections(text))


def add_sections(knowledge: Knowledge, text: str | bytes) -> Knowledge:
    """The knowledge with some of its sections as another file of the same form has them."""
    return replace(knowledge, **_sections(text))


def with_entries(knowledge: Knowledge, text: str | bytes) -> Knowledge:
    """The knowledge with the entries of another file beside its own, section by section."""
    more = _sections(text)
    return replace(
        knowledge,
        **{name: getattr(knowledge, name).joined(section) for name, section in more.items()},
    )


def _sections(text: str | bytes) -> dict[str, "_Section"]:
    data = json.loads(text)
    for stamp in ("version", "digest"):
        data.pop(stamp, None)
    if unknown := data.keys() - (hints := get_type_hints(Knowledge)).keys():
        raise ValueError(f"Knowledge has no '{min(unknown)}'")
    return {name: _Section(data[name], get_args(hints[name])[1]) for name in data}


class _Section(Mapping[str, Any]):
    """One section of the knowledge, its entries made from plain JSON when they are looked at."""

    def __init__(self, data: Mapping[str, Any], kind: type) -> None:
        self._data = data
        self._kind = kind
        self._made: dict[str, Any] = {}

    def joined(self, other: "_Section") -> "_Section":
        """Both sections' entries, the other's last."""
        return _Section({**self._data, **other._data}, self._kind)

    def __getitem__(self, key: str) -> Any:
        if key not in self._made:
            self._made[key] = _maker(self._kind)(self._data[key])
        return self._made[key]

    def __contains__(self, key: object) -> bool:
        return key in self._data

    def __iter__(self) -> Iterator[str]:
        return iter(self._data)

    def __len__(self) -> int:
        return len(self._data)


def to_plain(value: Any) -> Any:
    """Dataclasses, tuples and mappings as plain JSON values, defaults left out."""
    if is_dataclass(value) and not isinstance(value, type):
        return {
            f.name: to_plain(getattr(value, f.name))
            for f in fields(value)
            if getattr(value, f.name) != _default(f)
        }
    if isinstance(value, Mapping):
        return {key: to_plain(item) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return [to_plain(item) for item in value]
    return value


def _default(field: Any) -> Any:
    return field.default_factory() if field.default_factory is not MISSING else field.default


@cache
def _maker(hint: Any) -> Callable[[Any], Any]:
    """A function that makes a value of ``hint`` from plain JSON; made once for each type."""
    if is_dataclass(hint) and isinstance(hint, type):
        return _object_maker(hint)
    origin, args = get_origin(hint), get_args(hint)
    if origin in (Union, UnionType):
        makers = [_maker(arg) for arg in args if isinstance(arg, type) and is_dataclass(arg)]
        return makers[0] if makers else _keep
    if origin is tuple:
        item = _maker(args[0])
        return lambda data: tuple(map(item, data))
    if origin is Mapping:
        item = _maker(args[1])
        return lambda data: {key: item(value) for key, value in data.items()}
    return _keep


def _object_maker(cls: type) -> Callable[[Any], Any]:
    hints = get_type_hints(cls)
    makers = {name: _maker(hint) for name, hint in hints.items()}
    plain = frozenset(name for name, make in makers.items() if make is _keep)

    def make(data: Any) -> Any:
        if unknown := data.keys() - makers.keys():
            raise ValueError(f"{cls.__name__} has no '{min(unknown)}'")
        return cls(**{k: v if k in plain else makers[k](v) for k, v in data.items()})

    return make


def _keep(data: Any) -> Any:
    return data
