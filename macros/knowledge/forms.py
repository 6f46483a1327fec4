"""What has the wrong form, told in words, and the entry without it, so that the rest is checked.

pydantic validates the YAML against the dataclasses. Each of its errors becomes one problem; then
the faulty key is renamed or left out, or else the whole entry, and what remains is validated anew.
"""

from copy import deepcopy
from dataclasses import dataclass, field
from typing import Any

from pydantic import ValidationError

from checker.knowledge.model import Knowledge
from checker.problems import Problem, did_you_mean
from macros.knowledge.schema import adapter, keys_beside
from macros.knowledge.yaml_lines import YamlSource

type Path = tuple[str | int, ...]
type Error = dict[str, Any]

UNKNOWN = frozenset({"extra_forbidden", "unexpected_keyword_argument"})
MISSING = frozenset({"missing", "missing_argument"})
# Keys that other entries compare or show: an entry without them makes those look wrong.
_MEANT_ELSEWHERE = frozenset({"value", "unit", "parts", "values", "options", "fields"})
# What to write, by the start of pydantic's name for the error.
_WRITE = {
    "tuple": "a list, such as [one, other]",
    "string": "a text",
    "int": "a whole number",
    "float": "a number",
    "bool": "true or false",
    "dict": "keys with their values, such as {key: value}",
    "mapping": "keys with their values, such as {key: value}",
    "dataclass": "its keys with their values, one on each line below it",
}


@dataclass
class Forms:
    """A document on its way to the knowledge: what is told of it, and what was left out."""

    document: YamlSource
    data: Any
    mending: bool = True
    """Whether an entry stays without what is wrong in it; else it is left out."""
    problems: list[Problem] = field(default_factory=list)
    dropped: set[str] = field(default_factory=set)
    _handled: set[Path] = field(default_factory=set)

    def knowledge(self) -> Knowledge | None:
        """What has the right form; None where no part of it can be read."""
        while True:
            try:
                return adapter().validate_python(self.data)
            except ValidationError as error:
                errors: list[Error] = [dict(item) for item in error.errors()]
            if not isinstance(self.data, dict) or any(len(self._at(e)) < 2 for e in errors):
                self._tell(errors)
                return None
            self.data = {
                section: dict(entries) if isinstance(entries, dict) else entries
                for section, entries in self.data.items()
            }
            # Renamed keys first: they may be what is missing.
            self._tell(sorted(errors, key=lambda item: item["type"] not in UNKNOWN))

    def _at(self, error: Error) -> Path:
        return self.document.known(error["loc"])

    def _path(self, error: Error) -> Path:
        """Where the fault is, or where the key that is missing should be."""
        if error["type"] not in MISSING:
            return self._at(error)
        return (*self.document.known(error["loc"][:-1]), str(error["loc"][-1]))

    def _tell(self, errors: list[Error]) -> None:
        """A problem for each error, and the data without what is wrong."""
        told: dict[Path, list[Error]] = {}
        for error in filter(_telling, errors):
            told.setdefault(self._path(error), []).append(error)
        for path, found in told.items():
            if path not in self._handled:
                self.problems.append(self._problem(path, found))
            self._mend(path, found[0])

    def _problem(self, path: Path, errors: list[Error]) -> Problem:
        error = errors[0]
        name = str(error["loc"][-1]) if error["loc"] else ""
        if error["type"] in UNKNOWN:
            code, said, hint = "K003", f"unknown key '{name}'", self._meant(error)
        elif error["type"] in MISSING:
            code, path = "K004", path[:-1]
            said, hint = f"the key '{name}' is missing", "add it"
        else:
            code, (said, hint) = "K007", _refused(errors)
        return Problem(code, self.document.place(path), f"{dotted(path)}: {said}", hint)

    def _meant(self, error: Error) -> str:
        return did_you_mean(str(error["loc"][-1]), keys_beside(error))

    def _mend(self, path: Path, error: Error) -> None:
        """Rename a misspelled key, leave a faulty one out, or else leave the entry out."""
        if len(path) < 2 or not isinstance(self.data[path[0]], dict):
            self._drop(path)
        elif error["type"] in MISSING:
            # A key that was renamed a moment ago is not missing any more.
            if path[-1] not in (self._holder(path) or {}):
                self._drop(path)
        elif not self.mending or path in self._handled or not self._without(path, error):
            self._drop(path)

    def _without(self, path: Path, error: Error) -> bool:
        """Change a copy of the entry; False where the fault is not at a key of it."""
        self._handled.add(path)
        entries = self.data[path[0]]
        entries[path[1]] = deepcopy(entries.get(path[1]))
        holder = self._holder(path)
        if (
            len(path) < 3
            or path[-1] in _MEANT_ELSEWHERE
            or not isinstance(holder, dict)
            or path[-1] not in holder
        ):
            return False
        value = holder.pop(path[-1])
        if error["type"] not in UNKNOWN:
            if meant := _nearest(error):
                holder[path[-1]] = meant
            return True
        hint = self._meant(error)
        name = hint.removeprefix("did you mean ").removesuffix("?")
        if name != hint and name not in holder:
            holder[name] = value
            self._handled.add((*path[:-1], name))
        return True

    def _holder(self, path: Path) -> Any:
        return _reach(self.data, path[:-1])

    def _drop(self, path: Path) -> None:
        if len(path) < 2 or not isinstance(self.data[path[0]], dict):
            return
        self.dropped.add(str(path[1]))
        self.data[path[0]].pop(path[1], None)


def _reach(entry: Any, steps: Path) -> Any:
    for step in steps:
        if isinstance(entry, dict):
            entry = entry.get(step)
        elif isinstance(entry, list) and isinstance(step, int) and step < len(entry):
            entry = entry[step]
        else:
            return None
    return entry


def _telling(error: Error) -> bool:
    """A choice of two forms is reported once, by the form that was meant."""
    return not (error["type"].startswith("tuple") and isinstance(error["input"], dict))


def _expected(error: Error) -> list[str]:
    """The words that a choice of words accepts."""
    words = str(error.get("ctx", {}).get("expected", ""))
    return [word.strip("'") for word in words.replace(" or ", ", ").split(", ") if word]


def _nearest(error: Error) -> str:
    hint = did_you_mean(str(error["input"]), _expected(error)) if _expected(error) else ""
    return hint.removeprefix("did you mean ").removesuffix("?") if "mean" in hint else ""


def _refused(errors: list[Error]) -> tuple[str, str]:
    """What is said of a value, and what to write: pydantic tells each accepted form alone."""
    value = errors[0]["input"]
    said = "nothing is written here" if value is None else f"{_short(value)} is not accepted here"
    if expected := _expected(errors[0]):
        return said, did_you_mean(str(value), expected)
    forms = [_WRITE.get(error["type"].split("_")[0], error["msg"].lower()) for error in errors]
    if isinstance(value, list | tuple) and forms == [_WRITE["string"]]:
        return said, "write one text, not a list"
    return said, f"write {' or '.join(dict.fromkeys(forms))}"


def _short(value: Any) -> str:
    shown = repr(value)
    return shown if len(shown) <= 60 else f"{shown[:59]}…"


def dotted(path: Path) -> str:
    """A path as messages name it."""
    return "/".join(str(step) for step in path) or "the file"
