"""The command line: ``python -m checker decide inference payload=6MB traffic=intermittent``.

Exit status: 0 decided, 1 not decided, 2 bad input.
"""

import argparse
import os
import sys
from collections.abc import Sequence
from importlib.metadata import PackageNotFoundError, version

from checker.cli import ask, check, cost, decide, lookup, mcp, start
from checker.cli.inputs import InputError
from checker.session import bundled_knowledge

COMMANDS = (decide, ask, start, check, cost, lookup, mcp)


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command; returns the exit status."""
    _speak_in_any_locale()
    options = _parsed(_parser(), arguments)
    try:
        status = int(options.run(bundled_knowledge(), options))
        if sys.stdout:
            sys.stdout.flush()
    except FileNotFoundError:
        return _fail("checker: knowledge.json is not built yet; run 'make build'")
    except InputError as error:
        return _fail(f"I001 {error}")
    except BrokenPipeError:
        # The reader, such as ``head``, has enough. Python flushes once more when it ends.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0
    except OSError as error:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return _fail(f"I002 the result could not be written: {error.strerror}")
    except KeyboardInterrupt:
        return 130
    return status


def _speak_in_any_locale() -> None:
    """Characters that the terminal's encoding lacks are written as escapes, without an error."""
    for stream in (sys.stdout, sys.stderr):
        if reconfigure := getattr(stream, "reconfigure", None):
            reconfigure(errors="backslashreplace")
    if reconfigure := getattr(sys.stdin, "reconfigure", None):
        reconfigure(encoding="utf-8", errors="replace")


def _parsed(parser: argparse.ArgumentParser, arguments: Sequence[str] | None) -> argparse.Namespace:
    """The options; ``field=value`` may also come after them, where argparse expects no more."""
    options, late = parser.parse_known_args(arguments)
    taken = next((name for name in ("answers", "items") if hasattr(options, name)), "")
    fields = [text for text in late if taken and "=" in text and not text.startswith("-")]
    if rest := [text for text in late if text not in fields]:
        parser.error(f"unrecognized arguments: {' '.join(rest)}")
    if fields:
        setattr(options, taken, [*getattr(options, taken), *fields])
    return options


def _fail(message: str) -> int:
    print(message, file=sys.stderr)
    return 2


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="checker", description=__doc__.splitlines()[0])
    parser.add_argument("--version", action="version", version=_version())
    commands = parser.add_subparsers(required=True, metavar="command")
    for command in COMMANDS:
        command.add(commands)
    return parser


def _version() -> str:
    try:
        return version("sagemaker-checker")
    except PackageNotFoundError:  # a source checkout
        return "from source"
