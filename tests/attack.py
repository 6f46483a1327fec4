# ruff: noqa: E501, RUF001, S311, T201 - odd characters, chance from a seed, and a table that is printed
"""``python -m tests.attack``: what an attacker or a cat on the keyboard sends, bounded in time.

Five streams of inputs, each from one seed: links, command lines, streams of JSON lines, YAML files
and texts. An input fails where an exception leaves the program or where no answer comes in time.
Exit status: 0 all held, 1 something failed, with the input that did it.
"""

import argparse
import contextlib
import io
import json
import random
import signal
import sys
import tempfile
import time
import traceback
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from types import FrameType
from typing import Any
from urllib.parse import parse_qsl, quote, urlencode

from checker import cli
from macros.knowledge.reading import KnowledgeError, read_knowledge
from tests import excerpt, support

# The longest time for one input, in seconds. A page gives up on Python after 30.
PATIENCE = 10
SCRAPS = (
    "", " ", "\0", "\ud800", "\u202e", "\ufeff", "\u2009", "é", "𝟜", "٣", "–5", "1e999", "5e-324", "nan", "-0",
    "0x10", "1_000", "1 000 KB", "6 MB", "2..6 MB", "< 1", "not sure", "?", "yes", "no", "'", '"', "<script>",
    "{{ x }}", "${x}", "%00", "%", "&", "=", "../../etc/passwd", "--json", "-", "a" * 3000, "9" * 400, "(" * 200,
    "forty-two megabytes", "$500 a month", "5h30", "every ", "~5 MB ", "6 am ", "no ", "a/b ", "1 MB-",
)  # fmt: skip


class TooSlowError(Exception):
    """An input that got no answer in time."""


@dataclass
class Row:
    """What came of one stream."""

    name: str
    tried: int = 0
    slowest: float = 0.0
    failed: list[str] = field(default_factory=list)


def _alarm(_signal: int, _frame: FrameType | None) -> None:
    raise TooSlowError(f"no answer within {PATIENCE} s")


def attack(name: str, inputs: Iterator[Any], send: Callable[[Any], None], seconds: float) -> Row:
    """Send inputs until they or the seconds run out."""
    row, end = Row(name), time.monotonic() + seconds
    signal.signal(signal.SIGALRM, _alarm)
    for item in inputs:
        if time.monotonic() > end or len(row.failed) == 5:
            break
        begun = time.monotonic()
        signal.alarm(PATIENCE)
        try:
            send(item)
        except Exception:  # whatever it is, it is what we look for
            row.failed.append(f"{name}: {ascii(item)[:300]}\n{traceback.format_exc(limit=-4)}")
        finally:
            signal.alarm(0)
        row.tried += 1
        row.slowest = max(row.slowest, time.monotonic() - begun)
    return row


def scrap(rng: random.Random) -> str:
    """A value as nobody should write it, or a piece of one that is right."""
    if rng.random() < 0.3:
        return "".join(
            chr(rng.choice((rng.randrange(32, 127), rng.randrange(0x110000))))
            for _ in range(rng.randrange(1, 30))
        )
    return "".join(rng.choice(SCRAPS) for _ in range(rng.choice((1, 1, 1, 2, 3))))


def answers(rng: random.Random) -> dict[str, str]:
    """Answers to real and unreal questions, with values that fit and values that do not."""
    known = support.known()
    names = rng.sample(sorted(known.fields), rng.randrange(1, 8))
    found = {name: scrap(rng) for name in names}
    for name in names:
        if known.fields[name].values and rng.random() < 0.5:
            found[name] = rng.choice(sorted(known.fields[name].values))
        elif known.fields[name].example and rng.random() < 0.4:
            found[name] = str(known.fields[name].example)
    if rng.random() < 0.2:
        found[scrap(rng)] = scrap(rng)
    return found


def links(rng: random.Random) -> Iterator[str]:
    """Query strings of the checker's page, cut and bent."""
    while True:
        pairs = {"decision": "inference", **answers(rng)}
        query = urlencode(pairs, errors="replace")
        if rng.random() < 0.3:
            at = rng.randrange(len(query))
            query = (
                query[:at] + quote(scrap(rng), errors="replace") + query[at + rng.randrange(4) :]
            )
        yield query


def open_link(query: str) -> None:
    """Decide what a link states, and say it."""
    given = dict(parse_qsl(query, keep_blank_values=True, errors="replace"))
    decision = given.pop("decision", "inference")
    decision = decision if decision in support.known().decisions else "inference"
    result = support.session().decide([decision], given)
    json.dumps(result)


def command_lines(rng: random.Random) -> Iterator[list[str]]:
    """Arguments of every command."""
    decisions = sorted(support.known().decisions)
    while True:
        decision = rng.choice((*decisions, scrap(rng)))
        pairs = [f"{name}={value}" for name, value in answers(rng).items()]
        extra = rng.sample(
            ("--json", "--markdown", "--hard", "--soft", "--chosen", "--nope", scrap(rng)),
            rng.randrange(3),
        )
        yield rng.choice((
            ["decide", decision, *pairs, *extra], ["ask", scrap(rng), *extra], ["options", decision, *extra],
            ["audit", scrap(rng)], [scrap(rng), *extra], ["decide", *extra, decision, *pairs],
        ))  # fmt: skip


def call(arguments: list[str], stdin: str = "") -> tuple[int, str]:
    """One run of the command line; anything but an exit status is a failure."""
    out, before = io.StringIO(), sys.stdin
    sys.stdin = io.StringIO(stdin)
    try:
        with contextlib.redirect_stdout(out), contextlib.redirect_stderr(out):
            status = cli.main(arguments)
    except SystemExit as stopped:
        status = int(stopped.code or 0)
    finally:
        sys.stdin = before
    if status not in (0, 1, 2) or "Traceback" in out.getvalue():
        raise AssertionError(f"status {status}: {out.getvalue()[-400:]}")
    return status, out.getvalue()


def streams(rng: random.Random) -> Iterator[list[str]]:
    """JSON lines, good ones and bad ones mixed."""
    while True:
        made = ({"id": scrap(rng), "text": scrap(rng)} for _ in range(rng.randrange(1, 6)))
        lines = [json.dumps(item) for item in made]
        lines.insert(
            rng.randrange(len(lines)),
            rng.choice(("{", "[]", "null", '{"text": 7}', "[" * 5000, '{"id": NaN}', scrap(rng))),
        )
        yield ["".join(c for c in line if c not in "\n\r") for line in lines]


def pour(lines: list[str]) -> None:
    """A stream in; a result for every line that is not blank out."""
    _, said = call(["ask", "--jsonl"], "\n".join(lines) + "\n")
    wanted = sum(bool(line.strip()) for line in lines)
    if said.count("\n") < wanted:
        raise AssertionError(f"{wanted} lines in, {said.count(chr(10))} out")


def files(rng: random.Random) -> Iterator[str]:
    """The excerpt with a few characters, lines or values added, removed or doubled."""
    text = excerpt.text()
    while True:
        lines = text.split("\n")
        for _ in range(rng.randrange(1, 4)):
            at = rng.randrange(len(lines))
            line, cut = lines[at], rng.randrange(len(lines[at]) + 1)
            key = line.partition(":")[0]
            lines[at] = rng.choice((
                line[:cut] + scrap(rng) + line[cut:], line[: len(line) // 2], f"{key}: {scrap(rng)}", "\t" + line,
                f"{key}: {'[' * 3000}", f"{key}: &a [*a]", line + "\n" + line, "<<<<<<< HEAD", " " + line,
            ))  # fmt: skip
        yield "\n".join(lines)


def read(text: str) -> None:
    """A YAML file to the loader: knowledge, or problems with their places."""
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder)
        source = excerpt.write(root, "")
        source.write_bytes(text.encode("utf-8", "surrogatepass"))
        try:
            read_knowledge(source, root)
        except KnowledgeError as error:
            if not all(p.where.startswith("docs/data/") and p.message for p in error.problems):
                raise AssertionError(str(error)) from None


def texts(rng: random.Random) -> Iterator[str]:
    """Sentences cut up, and one scrap over and over to the longest text that is read."""
    known = [scenario.text for scenario in support.known().scenarios.values()]
    while True:
        kind = rng.randrange(3)
        if kind == 0:
            words = " ".join(rng.choices(known, k=3)).split()
            yield " ".join(rng.choice((word, word, scrap(rng))) for word in words)
        elif kind == 1:
            yield (scrap(rng) or "x") * rng.randrange(1, 400)
        else:
            yield scrap(rng)


def ask(text: str) -> None:
    """A text to the reader."""
    json.dumps(support.session().ask(text))


def main() -> int:
    """Run all; returns the exit status."""
    parser = argparse.ArgumentParser(
        prog="attack", description=__doc__.splitlines()[0] if __doc__ else ""
    )
    parser.add_argument("--seconds", type=float, default=20, help="for each of the five streams")
    parser.add_argument("--seed", type=int, default=17, help="another seed sends other inputs")
    options = parser.parse_args()
    cli.bundled_knowledge = support.known
    kinds = {
        "links": (links, open_link), "command lines": (command_lines, call), "JSON lines": (streams, pour),
        "YAML files": (files, read), "texts": (texts, ask),
    }  # fmt: skip
    rows = []
    for name, (inputs, send) in kinds.items():
        rng = random.Random(f"{options.seed} {name}")
        rows.append(attack(name, inputs(rng), send, options.seconds))
    print(f"{'':15}{'tried':>8}{'failed':>8}{'slowest':>10}")
    for row in rows:
        print(f"{row.name:15}{row.tried:8,}{len(row.failed):8}{row.slowest:8.2f} s")
    print("".join(f"\n{failure}" for row in rows for failure in row.failed), end="")
    return int(any(row.failed for row in rows))


if __name__ == "__main__":
    sys.exit(main())
