"""What follows from another problem, so that one mistake is told once, where it was made."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from macros.knowledge.lookups import Finding

# A fact whose value or unit is at fault: what compares a question, or a quote, with it is not.
_OF_VALUES = frozenset({"K025", "K026"})
_BY_VALUES = frozenset({"K021", "K035", "K042"})
# A question whose kind and values do not go together: no answer to it can be right.
_OF_ANSWERS = "K032"
_BY_ANSWERS = frozenset({"K033", "K042", "K061", "K071"})
# A decision that misspells what it lists: the entry that it means is then listed nowhere.
_BY_LISTS = frozenset({"K005", "K031", "K043", "K080"})
_MEANT = "did you mean "


@dataclass(frozen=True)
class Causes:
    """The names that have a fault, by what it makes look wrong elsewhere."""

    dropped: frozenset[str]
    values: frozenset[str]
    answers: frozenset[str]
    listed: frozenset[str]

    @classmethod
    def of(cls, findings: Sequence[Finding], dropped: Iterable[str]) -> "Causes":
        """The causes among these findings, and the entries that were left out before."""
        listed = [
            (message.split("'")[1], hint.removeprefix(_MEANT).removesuffix("?"))
            for path, code, message, hint in findings
            if path[0] == "decisions" and code == "K005" and hint.startswith(_MEANT)
        ]
        return cls(
            frozenset(dropped),
            frozenset(str(path[1]) for path, code, *_ in findings if code in _OF_VALUES),
            frozenset(str(path[1]) for path, code, *_ in findings if code == _OF_ANSWERS),
            frozenset(name for pair in listed for name in pair),
        )

    def explain(self, path: tuple[str | int, ...], code: str, message: str) -> bool:
        """Whether a finding follows from one of them."""
        if any(f"'{name}" in message for name in self.dropped):
            return True
        if code in _BY_VALUES and (set(path[1:2]) & self.values or _names(message, self.values)):
            return True
        if code in _BY_ANSWERS and (set(path) & self.answers or _names(message, self.answers)):
            return True
        if code not in _BY_LISTS or path[:1] == ("decisions",):
            return False
        return bool(set(path) & self.listed or _names(message, self.listed))


def _names(message: str, names: Iterable[str]) -> bool:
    """Whether a message is about one of these: in quotes, or as the question of an answer."""
    return any(f"'{name}" in message or f"answers/{name}:" in message for name in names)
