"""Problems as lines, in the order of their files; what repeats is told once with all its places."""

from collections.abc import Sequence

from checker.problems import Problem

SHOWN = 3
"""How many of one kind are written out before the rest is a list of places."""

# What refers to a name that is not there.
_UNKNOWN = frozenset({"K005", "K006", "K021", "P006", "P010"})
_RENAMED = " (one cause: was a name changed or removed?)"


def problem_report(problems: Sequence[Problem], outcome: str = "nothing was built") -> str:
    """Each problem on its line, and how many there are.

    One edit can break the same name in hundreds of places: those go into one line, so that the
    edit itself stays in sight.
    """
    lines = [line for kind in _kinds(problems) for line in _lines(kind)]
    number = "1 problem" if len(problems) == 1 else f"{len(problems)} problems"
    return "\n".join([*lines, f"{number}; {outcome}."])


def problem_line(problem: Problem) -> str:
    """``file:line CODE where: what (hint)``."""
    hint = f" ({problem.hint})" if problem.hint else ""
    return f"{problem.where} {problem.code} {problem.message}{hint}"


def _kinds(problems: Sequence[Problem]) -> list[list[Problem]]:
    """The problems that say the same of different places, together; the rarest kinds first."""
    kinds: dict[tuple[str, str, str], list[Problem]] = {}
    for problem in problems:
        said = problem.message.rpartition(": ")[2]
        kinds.setdefault((problem.code, said, problem.hint), []).append(problem)
    return sorted(kinds.values(), key=lambda kind: len(kind) > SHOWN)


def _lines(kind: Sequence[Problem]) -> list[str]:
    if len(kind) <= SHOWN + 1:
        return [problem_line(problem) for problem in kind]
    shown, rest = kind[:SHOWN], kind[SHOWN:]
    places: dict[str, list[str]] = {}
    for problem in rest:
        file, _, line = problem.where.rpartition(":")
        places.setdefault(file, []).append(line)
    cause = _RENAMED if kind[0].code in _UNKNOWN else ""
    listed = "; ".join(f"{file}:{','.join(dict.fromkeys(n))}" for file, n in places.items())
    return [*map(problem_line, shown), f"  and {len(rest)} more places{cause}: {listed}"]
