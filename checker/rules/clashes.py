"""Choices of different decisions that exclude each other, whichever was made first."""

from collections.abc import Iterable, Iterator

from checker.knowledge.model import Clash, Knowledge


def find_clashes(
    knowledge: Knowledge, ours: Iterable[str], theirs: Iterable[str]
) -> Iterator[tuple[str, Clash, str, str]]:
    """Every clash between two sets of options, as (id, clash, our option, their option)."""
    mine, others = frozenset(ours), frozenset(theirs)
    for clash_id, clash in knowledge.clashes.items():
        for left, right in ((clash.one, clash.other), (clash.other, clash.one)):
            for option in sorted(mine & frozenset(left)):
                for other in sorted(others & frozenset(right)):
                    yield clash_id, clash, option, other
