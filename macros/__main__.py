"""``python -m macros build|check``: the inputs of a build, or only their validation.

Exit status: 0 fine, 1 problems in the knowledge, each on its own line.
"""

import argparse
import sys
from collections.abc import Sequence

from macros.knowledge import ROOT, KnowledgeError, read_knowledge
from macros.page_checks import page_problems


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command; returns the exit status."""
    parser = argparse.ArgumentParser(prog="macros", description=__doc__)
    parser.add_argument("command", choices=("build", "check"))
    command = parser.parse_args(arguments).command
    try:
        known = read_knowledge()
    except KnowledgeError as error:
        print(error, file=sys.stderr)
        return 1
    if problems := page_problems(ROOT / "docs", known):
        for problem in problems:
            print(
                f"{problem.where} {problem.code} {problem.message} ({problem.hint})",
                file=sys.stderr,
            )
        return 1
    print(
        f"knowledge.yml: {len(known.facts)} facts, {len(known.options)} options, "
        f"{len(known.rules)} rules, {len(known.scenarios)} scenarios"
    )
    if command == "build":
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
