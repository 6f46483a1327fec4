"""``python -m macros build|check|finish|freshness``: what comes before and after a build.

``build`` makes the inputs, ``check`` only looks at them, ``finish`` gives a built site its policy
and its copies for other readers, ``freshness`` lists facts by age.

Exit status: 0 fine, 1 problems, each on its own line. ``freshness --strict`` fails on facts that
were checked more than 180 days ago; only the scheduled workflow asks for that.
"""

import argparse
import sys
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path

from checker.model import Knowledge
from macros.freshness import ages, freshness_lines
from macros.knowledge import ROOT, KnowledgeError, problem_line, read_knowledge
from macros.page_checks import page_problems


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command; returns the exit status."""
    parser = argparse.ArgumentParser(prog="macros", description=__doc__)
    parser.add_argument("command", choices=("build", "check", "finish", "freshness"))
    parser.add_argument("--site", type=Path, default=ROOT / "site", help="finish: the built site")
    parser.add_argument("--strict", action="store_true", help="freshness: stale facts fail")
    options = parser.parse_args(arguments)
    if options.command == "finish":
        return _finish(options.site)
    try:
        known = read_knowledge()
    except KnowledgeError as error:
        print(error, file=sys.stderr)
        return 1
    if options.command == "freshness":
        return _freshness(known, options.strict)
    if problems := page_problems(ROOT / "docs", known):
        for problem in problems:
            print(problem_line(problem), file=sys.stderr)
        print(f"{len(problems)} problems; nothing was built.", file=sys.stderr)
        return 1
    print(
        f"knowledge.yml: {len(known.facts)} facts, {len(known.options)} options, "
        f"{len(known.rules)} rules, {len(known.scenarios)} scenarios"
    )
    return _build() if options.command == "build" else 0


def _freshness(known: Knowledge, strict: bool) -> int:
    found = ages(known, datetime.now(tz=UTC).date())
    print("\n".join(freshness_lines(found)))
    return int(strict and any(age.word == "stale" for age in found))


def _finish(site: Path) -> int:
    from macros.finish import FinishError, finish

    try:
        finish(site)
    except FinishError as error:
        print(error, file=sys.stderr)
        return 1
    return 0


def _build() -> int:
    # Imported here: checking the knowledge must not need Node or the browser's runtime.
    from macros.build import build_inputs
    from macros.runtime import RuntimeBuildError
    from macros.vendor import VendorError

    try:
        runtime = build_inputs().runtime
    except (RuntimeBuildError, VendorError) as error:
        print(error, file=sys.stderr)
        return 1
    print(f"browser runtime: {runtime.path}, {runtime.total_bytes / 1e6:.1f} MB")
    return 0


if __name__ == "__main__":
    sys.exit(main())
