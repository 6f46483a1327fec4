"""``python -m bench [verdict|pages|search|engines|build ...] [--rounds N]``.

Builds nothing itself: ``make bench`` builds the site first. Peers are installed into
``.cache/bench`` on first use.
"""

import argparse
import os
import sys
from collections.abc import Callable, Sequence

from bench import build_time, engines, first_verdict, pages, search_time

PARTS: dict[str, Callable[[int], None]] = {
    "verdict": first_verdict.main,
    "pages": pages.main,
    "search": search_time.main,
    "engines": engines.main,
    "build": build_time.main,
}


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the parts that are named, or all."""
    parser = argparse.ArgumentParser(prog="bench", description=__doc__)
    parser.add_argument("parts", nargs="*", choices=[[], *PARTS])
    parser.add_argument("--rounds", type=int, default=5)
    options = parser.parse_args(arguments)
    print(f"{os.cpu_count()} processors, load {os.getloadavg()[0]:.1f}, Python {sys.version[:7]}")
    for name in options.parts or PARTS:
        PARTS[name](options.rounds)
    return 0


if __name__ == "__main__":
    sys.exit(main())
