"""``python -m macros COMMAND``: what comes before and after a build, and what contributors ask.

``build`` makes a build's inputs; ``check`` only looks at knowledge and pages; ``finish`` gives a
built site its policy and its copies for other readers; ``freshness`` lists facts by age (with
``--strict`` it fails on facts checked more than 180 days ago; only the scheduled workflow asks for
that); ``changes OLD [NEW]`` says as Markdown what differs between two files or git revisions (NEW:
the working tree); ``new-page PAGE TITLE`` starts a page. ``train`` writes the model that ranks
texts; it and ``accuracy``, which measures how well texts are read, need scikit-learn.

Exit status: 0 fine, 1 problems, each on its own line.
"""

import argparse
import sys
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path

from checker.knowledge.model import Knowledge
from macros.files import ROOT, SOURCE
from macros.knowledge.changes import ChangesError, read_version, summary
from macros.knowledge.freshness import ages, freshness_lines
from macros.knowledge.reading import KnowledgeError, problem_line, read_knowledge
from macros.pages.checks import page_problems
from macros.pages.new_page import NewPageError, new_page
from macros.registry import macro_arguments


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command; returns the exit status."""
    options = _parser().parse_args(arguments)
    try:
        match options.command:
            case "finish":
                return _finish(options.site)
            case "changes":
                print(summary(read_version(options.old), read_version(options.new)))
                return 0
            case "new-page":
                print("\n".join(new_page(options.page, options.title)))
                return 0
        known = read_knowledge()
    except (KnowledgeError, ChangesError, NewPageError) as error:
        print(error, file=sys.stderr)
        return 1
    match options.command:
        case "freshness":
            return _freshness(known, options.strict)
        case "train" | "accuracy":
            return _training(known, options)
        case "build":
            return _check(known) or _build()
    _say_if_untrained(known)
    return _check(known)


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="macros", description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    commands = parser.add_subparsers(dest="command", required=True)
    for name in ("build", "check", "train"):
        commands.add_parser(name)
    accuracy = commands.add_parser("accuracy")
    accuracy.add_argument("--every", type=int, default=1, help="only every n-th text: no file")
    accuracy.add_argument("--misses", action="store_true", help="list what came out wrong")
    finish = commands.add_parser("finish")
    finish.add_argument("--site", type=Path, default=ROOT / "site", help="the built site")
    freshness = commands.add_parser("freshness")
    freshness.add_argument("--strict", action="store_true", help="stale facts fail")
    changes = commands.add_parser("changes")
    changes.add_argument("old", help="a YAML file or a git revision")
    changes.add_argument("new", nargs="?", default=str(SOURCE), help="the same; else the tree")
    page = commands.add_parser("new-page")
    page.add_argument("page", help="monitoring/foo.md")
    page.add_argument("title", help="what stands above it")
    return parser


def _check(known: Knowledge) -> int:
    if problems := page_problems(ROOT / "docs", known, macro_arguments()):
        for problem in problems:
            print(problem_line(problem), file=sys.stderr)
        print(f"{len(problems)} problems; nothing was built.", file=sys.stderr)
        return 1
    print(
        f"knowledge.yml: {len(known.facts)} facts, {len(known.options)} options, "
        f"{len(known.rules)} rules, {len(known.scenarios)} scenarios"
    )
    return 0


def _freshness(known: Knowledge, strict: bool) -> int:
    found = ages(known, datetime.now(tz=UTC).date())
    print("\n".join(freshness_lines(found)))
    return int(strict and any(age.word == "stale" for age in found))


def _training(known: Knowledge, options: argparse.Namespace) -> int:
    """Train, or measure: both need scikit-learn, which is installed for them alone."""
    docs = ROOT / "docs"
    try:
        from macros.training import evaluate, train
    except ModuleNotFoundError as error:
        print(f"{error.name} is not installed: make {options.command}", file=sys.stderr)
        return 1
    if options.command == "train":
        print(train.write_model(known, docs))
        return 0
    judged = evaluate.evaluate(known, docs, options.every)
    rows = evaluate.table(judged)
    print("\n".join(evaluate.lines(rows)))
    if options.misses:
        print("\n".join(map(evaluate.miss, filter(evaluate.missed, judged))))
    if options.every == 1:
        evaluate.write_figures(rows)
    return 0


def _say_if_untrained(known: Knowledge) -> None:
    """A note and no fault: the old model still ranks texts, only without what is new."""
    from macros.training.corpus import corpus, digest

    if known.ranking and known.ranking["trained_on"] != digest(corpus(known, ROOT / "docs")):
        print("reading/model.json: trained before the newest texts; make train renews it")


def _finish(site: Path) -> int:
    from macros.site.finish import FinishError, finish

    try:
        finish(site)
    except FinishError as error:
        print(error, file=sys.stderr)
        return 1
    return 0


def _build() -> int:
    # Imported here: checking the knowledge must not need Node or the browser's runtime.
    from macros.build import build_inputs
    from macros.runtime.bundle import RuntimeBuildError
    from macros.runtime.vendor import VendorError

    try:
        runtime = build_inputs().runtime
    except (RuntimeBuildError, VendorError) as error:
        print(error, file=sys.stderr)
        return 1
    print(f"browser runtime: {runtime.path}, {runtime.total_bytes / 1e6:.1f} MB")
    return 0


if __name__ == "__main__":
    sys.exit(main())
