"""What one version of the knowledge changes against another, as Markdown for a reviewer.

Entries are compared value by value, and every scenario is decided with both versions, so that a
reviewer sees that a row "flips 2 scenarios" and which.
"""

import subprocess
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from checker.knowledge.loading import to_plain
from checker.knowledge.model import LEARNED, Fact, Knowledge, Scenario
from checker.session import Session
from macros.files import PARTS, ROOT, SOURCE
from macros.knowledge.examples import EXAMPLES, parsed
from macros.knowledge.reading import read_document, typed_knowledge
from macros.knowledge.table_cells import by_position
from macros.knowledge.yaml_lines import YamlSource, merge, read_yaml

# What a reviewer looks at first comes first; the rest follows in the file's order.
_FIRST = ("facts", "tables", "rules", "options", "scenarios")
_LONGEST = 160
_MOST = 200
_NONE = "–"


class ChangesError(Exception):
    """A version of the knowledge that cannot be found or read; the text says why."""


@dataclass(frozen=True)
class EntryChange:
    """One entry that was added, removed or changed, with each value before and after."""

    section: str
    key: str
    kind: str
    values: tuple[tuple[str, str, str], ...] = ()
    headline: str = ""


@dataclass(frozen=True)
class Flip:
    """A scenario that is decided differently, and whether that is what it now expects."""

    key: str
    before: str
    after: str
    expected: bool


def read_version(name: str, root: Path = ROOT) -> Knowledge:
    """The knowledge in a file, or at a git revision; entries that are not well-formed left out.

    Raises:
        ChangesError: there is no such file or revision, or it cannot be read.
    """
    path = Path(name)
    document = read_document(path, path.parent) if path.is_file() else _at_revision(name, root)
    known = typed_knowledge(document)
    if known is None:
        raise ChangesError(f"{name}: not readable as knowledge; `make check` says what is wrong")
    return known


def days_alone(old: Knowledge, new: Knowledge) -> list[str]:
    """The facts whose day of the last check moved, and nothing that says what was looked at."""
    both = ((key, old.facts[key], fact) for key, fact in new.facts.items() if key in old.facts)
    return [
        f"facts/{key}: checked moved from {before.checked} to {after.checked} alone"
        " (say in looked what you looked at)"
        for key, before, after in both
        if before.checked != after.checked and replace(before, checked=after.checked) == after
    ]


def base_of(name: str | None, root: Path = ROOT) -> str:
    """The revision that a branch started from: the merge base of ``name`` and HEAD.

    Without a name it is main: the one of the upstream, else of origin, else the local one, so that
    work on a fork's main is compared as well. A file, or a revision without a common start, stays.
    """
    tried = [name] if name else [f"{remote}main" for remote in ("upstream/", "origin/", "")]
    for base in tried:
        done = _git(root, "merge-base", "--end-of-options", base, "HEAD")
        if done.returncode == 0:
            return done.stdout.strip()
    return tried[-1]


def _at_revision(name: str, root: Path) -> YamlSource:
    """The document at a git revision; files that it did not have yet are left out."""
    folder = SOURCE.parent.relative_to(ROOT)
    shown = [_show(f"{name}:{(folder / file).as_posix()}", root) for file in (SOURCE.name, *PARTS)]
    if shown[0].returncode:
        said = (shown[0].stderr.strip().splitlines() or [""])[0]
        raise ChangesError(f"{name}: neither a file nor a git revision ({said})")
    return by_position(
        merge(*(read_yaml(done.stdout, name) for done in shown if done.returncode == 0))
    )


def _show(file: str, root: Path) -> subprocess.CompletedProcess[str]:
    # --end-of-options: a revision that starts with a dash is a name, not an option.
    return _git(root, "show", "--end-of-options", file)


def _git(root: Path, *words: str) -> subprocess.CompletedProcess[str]:
    command = ["git", *words]
    return subprocess.run(command, cwd=root, capture_output=True, text=True, check=False)


def read_examples(name: str, root: Path = ROOT) -> dict[str, dict[str, Any]]:
    """The examples beside a file, or at a git revision, by id; lines that are none left out."""
    path = Path(name)
    if path.is_file():
        files = sorted((path.parent / EXAMPLES).glob("*.jsonl"))
        texts = [file.read_text(encoding="utf-8", errors="replace") for file in files]
    else:
        folder = (SOURCE.parent / EXAMPLES).relative_to(ROOT).as_posix()
        listed = _git(root, "ls-tree", "-r", "--name-only", name, f"{folder}/").stdout.split()
        texts = [_show(f"{name}:{file}", root).stdout for file in listed]
    return {
        str(record.get("id")): record
        for text in texts
        for line in text.split("\n")
        if (record := parsed(line.encode())[0])
    }


def example_changes(
    old: Mapping[str, dict[str, Any]], new: Mapping[str, dict[str, Any]]
) -> Iterator[EntryChange]:
    """Every example that differs."""
    for key in dict.fromkeys([*old, *new]):
        before, after = old.get(key), new.get(key)
        if before is None or after is None:
            kind, entry = ("removed", before) if after is None else ("added", after)
            yield EntryChange("examples", key, kind, headline=str((entry or {}).get("text")))
        elif before != after:
            yield EntryChange("examples", key, "changed", _differing(before, after))


def entry_changes(old: Knowledge, new: Knowledge) -> Iterator[EntryChange]:
    """Every entry that differs, by section."""
    rest = [name for name in Knowledge.__slots__ if name not in (*_FIRST, *LEARNED)]
    for section in (*_FIRST, *rest):
        before, after = getattr(old, section), getattr(new, section)
        for key in dict.fromkeys([*before, *after]):
            if before.get(key) != after.get(key):
                yield _entry_change(section, key, before.get(key), after.get(key))


def _entry_change(section: str, key: str, before: Any, after: Any) -> EntryChange:
    if before is None or after is None:
        kind, entry = ("removed", before) if after is None else ("added", after)
        return EntryChange(section, key, kind, headline=_headline(entry))
    return EntryChange(section, key, "changed", _differing(to_plain(before), to_plain(after)))


def _differing(before: Any, after: Any) -> tuple[tuple[str, str, str], ...]:
    left, right = dict(_leaves(before)), dict(_leaves(after))
    return tuple(
        (path, left.get(path, _NONE), right.get(path, _NONE))
        for path in dict.fromkeys([*left, *right])
        if left.get(path) != right.get(path)
    )


def _headline(entry: Any) -> str:
    """What an entry is about: the first of these that it has, and a fact's value."""
    names = ("label", "caption", "reason", "says", "title", "text", "phrases")
    words = str(next(getattr(entry, name) for name in names if hasattr(entry, name)))
    value = getattr(entry, "value", None) if isinstance(entry, Fact) else None
    return words if value is None else f"{words}: {value} {entry.unit or ''}".rstrip()


def _leaves(value: Any, path: str = "") -> Iterator[tuple[str, str]]:
    """Every plain value with its path; a table's row goes by its label, so that rows may move."""
    if isinstance(value, Mapping):
        for key, item in value.items():
            yield from _leaves(item, f"{path}/{key}" if path else str(key))
    elif isinstance(value, list) and all(isinstance(x, str) and " " not in x for x in value):
        # Ids are one value: one that moves to the front is one change, not one for each place.
        yield path, ", ".join(map(str, value))
    elif isinstance(value, list):
        for number, item in enumerate(value, start=1):
            label = item.get("label") if isinstance(item, Mapping) else None
            yield from _leaves(item, f"{path}/{label or number}")
    else:
        yield path, str(value)


def flips(old: Knowledge, new: Knowledge) -> list[Flip]:
    """The scenarios of both versions that get another verdict or flag, each by its own version."""
    then, now = Session(old), Session(new)
    found = []
    for key in new.scenarios:
        if key not in old.scenarios:
            continue
        before, _ = _outcome(then, old.scenarios[key])
        after, expected = _outcome(now, new.scenarios[key])
        if before != after:
            found.append(Flip(key, before, after, expected))
    return found


def _outcome(session: Session, scenario: Scenario) -> tuple[str, bool]:
    """What the checker says to a scenario in words, and whether the scenario expects it."""
    try:
        result = session.decide([scenario.decision], scenario.answers)
    except (KeyError, ValueError):  # a rule or option that the schema refused is missing
        return "cannot be decided", False
    if not (verdict := result["verdicts"].get(scenario.decision)):
        return "cannot be decided", False
    best = tuple(verdict["recommend"])
    fits = best == scenario.expect or (best and {*best} <= {*scenario.expect, *scenario.accept})
    expected = verdict["state"] == scenario.state and bool(fits)
    expected = expected and {*scenario.flags} <= {*verdict["flags"]}
    said = f"{verdict['state']}: {', '.join(best)}" if best else verdict["state"]
    return f"{said} [{', '.join(sorted(verdict['flags']))}]" if verdict["flags"] else said, expected


def summary(old: Knowledge, new: Knowledge, examples: Sequence[EntryChange] = ()) -> str:
    """The whole comparison as Markdown."""
    changes = [*entry_changes(old, new), *examples]
    lines = ["## What this changes", ""]
    if not changes:
        return "\n".join([*lines, "Nothing in `docs/data/`.", ""])
    lines += _flip_lines(flips(old, new))
    for section in dict.fromkeys(change.section for change in changes):
        lines += _section_lines(section, [c for c in changes if c.section == section])
    return "\n".join(lines)


def _flip_lines(found: Sequence[Flip]) -> list[str]:
    if not found:
        return ["No scenario gets another verdict.", ""]
    count = f"{len(found)} scenario{'s' if len(found) > 1 else ''}"
    lines = [f"**This change flips {count}.**", "", "| Scenario | Before | Now | As expected |"]
    lines.append("| --- | --- | --- | --- |")
    for flip in found:
        cells = (_code(flip.key), _code(flip.before), _code(flip.after))
        lines.append(f"| {' | '.join(cells)} | {'yes' if flip.expected else '**no**'} |")
    return [*lines, ""]


def _section_lines(section: str, changes: Sequence[EntryChange]) -> list[str]:
    kinds = [change.kind for change in changes]
    counts = [f"{kinds.count(kind)} {kind}" for kind in ("added", "removed", "changed")]
    told = ", ".join(count for count in counts if not count.startswith("0"))
    lines = [f"### {section.capitalize()}: {told}", ""]
    for change in changes[:_MOST]:
        about = f": {_code(change.headline)}" if change.headline else ""
        lines.append(f"- {change.kind} {_code(change.key)}{about}")
        lines += [f"  - {path}: {_code(a)} → {_code(b)}" for path, a, b in _told(change)]
    more = len(changes) - _MOST
    return [*lines, *([f"- and {more} more"] if more > 0 else []), ""]


def _told(change: EntryChange) -> Iterator[tuple[str, str, str]]:
    for path, before, after in change.values:
        yield (path if path.replace("/", "").isalnum() else _code(path)), before, after


def _code(text: str) -> str:
    """Text of the YAML as a code span: whatever it holds, it stays text on one line."""
    flat = " ".join(text.split()).replace("`", "'").replace("|", "¦")
    return f"`{flat if len(flat) <= _LONGEST else flat[: _LONGEST - 1] + '…'}`"
