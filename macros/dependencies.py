"""Which pages a change of the knowledge reaches: what each call of a macro read, and what it said.

A preview builds those pages alone. A call that read a changed entry, or a whole section in which
something changed, is made again, and its page is out of date where it now says something else.
"""

import re
from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any

from checker.model import Knowledge
from macros.changes import entry_changes

type Macro = Callable[..., str]
type Entry = tuple[str, str | None]
"""A section of the knowledge and a key in it, which may have no entry yet; None for them all."""

# An edit moves every entry below it to another line. A preview may link to where it was.
_LINE = re.compile(r"#L\d+")


@dataclass(frozen=True)
class _Call:
    name: str
    arguments: tuple[str, ...]
    page: str


@dataclass(frozen=True)
class _Outcome:
    said: str
    read: frozenset[Entry]


class _Noted(Mapping[str, Any]):
    """A section of the knowledge that notes what is read of it."""

    def __init__(
        self, name: str, entries: Mapping[str, Any], note: Callable[[Entry], None]
    ) -> None:
        self._name, self._entries, self._note = name, entries, note

    def __getitem__(self, key: str) -> Any:
        self._note((self._name, key))
        return self._entries[key]

    def __iter__(self) -> Iterator[str]:
        self._note((self._name, None))
        return iter(self._entries)

    def __len__(self) -> int:
        self._note((self._name, None))
        return len(self._entries)


class Dependencies:
    """What the pages of a preview rest on, from its first build to its last."""

    def __init__(self) -> None:
        self._known: Knowledge | None = None
        self._outcomes: dict[_Call, _Outcome] = {}
        self._made_again: dict[_Call, _Outcome] = {}
        self._reading: set[Entry] = set()

    def noting(self, known: Knowledge) -> Knowledge:
        """The same knowledge, for macros whose reading is to be noted."""
        names = Knowledge.__slots__
        return replace(
            known,
            **{n: _Noted(n, getattr(known, n), lambda e: self._reading.add(e)) for n in names},
        )

    def recorded(self, macros: Mapping[str, Macro]) -> dict[str, Macro]:
        """The macros, each of whose calls is remembered with its page."""
        return {name: self._recorded(name, macro) for name, macro in macros.items()}

    def _recorded(self, name: str, macro: Macro) -> Macro:
        def call(*arguments: str, page: str) -> str:
            call = _Call(name, arguments, page)
            outcome = self._made_again.get(call) or self._outcome(call, macro)
            self._outcomes[call] = outcome
            return outcome.said

        return call

    def _outcome(self, call: _Call, macro: Macro) -> _Outcome:
        self._reading = set()
        said = macro(*call.arguments, page=call.page)
        return _Outcome(said, frozenset(self._reading))

    def pages_calling(self, names: Collection[str]) -> set[str]:
        """The pages that call one of these macros."""
        return {call.page for call in self._outcomes if call.name in names}

    def forget(self, page: str) -> None:
        """A page is about to be built: what it calls now is all that counts."""
        self._outcomes = {c: o for c, o in self._outcomes.items() if c.page != page}

    def outdated(self, known: Knowledge, macros: Mapping[str, Macro]) -> set[str]:
        """The pages, by path below ``docs/``, that say something else with this knowledge.

        Args:
            known: the knowledge of this build; the next one is compared with it.
            macros: what pages may call, with this knowledge, as ``noting`` gave it.
        """
        before, self._known = self._known, known
        changed = _changed(before, known) if before else set()
        reached = [call for call, outcome in self._outcomes.items() if outcome.read & changed]
        self._made_again = {}
        return {call.page for call in reached if self._differs(call, macros)}

    def _differs(self, call: _Call, macros: Mapping[str, Macro]) -> bool:
        before = self._outcomes.pop(call).said
        try:
            now = self._outcome(call, macros[call.name])
        except Exception:  # whatever it is, building the page tells it with its place
            return True
        self._outcomes[call] = self._made_again[call] = now
        return _LINE.sub("", before) != _LINE.sub("", now.said)


def _changed(before: Knowledge, now: Knowledge) -> set[Entry]:
    keyed = {(change.section, change.key) for change in entry_changes(before, now)}
    return keyed | {(section, None) for section, _ in keyed}
