"""How long ago each fact was checked. The day is given: nothing here reads a clock."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from checker.knowledge.model import Knowledge

WARN_DAYS = 90
FAIL_DAYS = 180


@dataclass(frozen=True, slots=True)
class Age:
    """One fact and the days since it was checked."""

    fact: str
    checked: str
    days: int

    @property
    def word(self) -> str:
        """fresh, old (over 90 days) or stale (over 180)."""
        if self.days > FAIL_DAYS:
            return "stale"
        return "old" if self.days > WARN_DAYS else "fresh"


def ages(known: Knowledge, today: date) -> list[Age]:
    """Every fact, the one checked longest ago first."""
    found = [
        Age(key, fact.checked, (today - date.fromisoformat(fact.checked)).days)
        for key, fact in known.facts.items()
    ]
    return sorted(found, key=lambda age: (-age.days, age.fact))


def freshness_lines(found: list[Age]) -> Iterator[str]:
    """The listing: a line for each fact that is not fresh, and the count."""
    for age in found:
        if age.word != "fresh":
            yield f"{age.word:5}  {age.days:4} days  {age.checked}  {age.fact}"
    counts = {word: sum(age.word == word for age in found) for word in ("fresh", "old", "stale")}
    oldest = f", oldest {found[0].days} days" if found else ""
    yield ", ".join(f"{count} {word}" for word, count in counts.items()) + oldest
