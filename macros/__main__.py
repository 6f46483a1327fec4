"""``python -m macros COMMAND``: what comes before and after a build, and what contributors ask.

Exit status: 0 fine, 1 problems, each on its own line.
"""

import argparse
import os
import sys
from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from pathlib import Path

from checker.knowledge.model import Knowledge
from checker.problems import Problem
from macros.files import ROOT, SOURCE
from macros.knowledge.changes import (
    ChangesError,
    base_of,
    days_alone,
    example_changes,
    read_examples,
    read_version,
    summary,
)
from macros.knowledge.decided import scenario_problems
from macros.knowledge.freshness import ages, freshness_lines
from macros.knowledge.reading import KnowledgeError, problem_report, read_knowledge, read_with_lines
from macros.pages.checks import page_problems
from macros.pages.new_page import NewPageError, new_page
from macros.pages.shape import DRAFT
from macros.registry import macro_arguments
from macros.site.serve import serve

type _Parser = argparse.ArgumentParser


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command; returns the exit status."""
    options = _parser().parse_args(arguments)
    try:
        return int(options.run(options))
    except (KnowledgeError, ChangesError, NewPageError) as error:
        print(error, file=sys.stderr)
        return 1
    except BrokenPipeError:
        # The reader, such as ``head``, has closed the output; a build is not complete then.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        print("macros: the output was closed before the command ended", file=sys.stderr)
        return 1


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="macros", description=__doc__.splitlines()[0])
    commands = parser.add_subparsers(dest="command", required=True, metavar="command")

    def add(name: str, run: Callable[[argparse.Namespace], int], what: str) -> _Parser:
        command = commands.add_parser(name, help=what)
        command.set_defaults(run=run)
        return command

    building = add("build", _build, "make what a build of the site needs")
    building.add_argument("--draft", action="store_true", help="accept pages that are unfinished")
    add("check", _check, "check the knowledge and the pages")
    finish = add(
        "finish", _finish, "add the security policy and the Markdown copies to a built site"
    )
    finish.add_argument("--site", type=Path, default=ROOT / "site", help="the built site")
    serving = add("serve", lambda options: serve(options.port), "preview the site while editing")
    serving.add_argument("--port", type=int, default=8000, help="the next free one is used")
    freshness = add("freshness", _freshness, "list facts by the age of their last check")
    freshness.add_argument("--strict", action="store_true", help="fail on stale facts")
    changes = add("changes", _changes, "list the differences between two versions as Markdown")
    changes.add_argument("old", nargs="?", help="a YAML file or a git revision; default: main")
    changes.add_argument(
        "new", nargs="?", default=str(SOURCE), help="the same; default: the working tree"
    )
    page = add("new-page", _new_page, "start a page")
    page.add_argument("page", help="monitoring/foo.md")
    page.add_argument("title", help="its title")
    add("shapes", _shapes, "write the members of AWS's requests; needs botocore")
    add("train", _training, "write the model that ranks texts; needs scikit-learn")
    accuracy = add("accuracy", _training, "measure how well texts are read; needs scikit-learn")
    accuracy.add_argument("--every", type=int, default=1, help="only every n-th text: no file")
    accuracy.add_argument(
        "--misses", action="store_true", help="list the texts that were read wrongly"
    )
    return parser


def _changes(options: argparse.Namespace) -> int:
    old, new = options.old, options.new
    if old is None or not Path(old).is_file():
        old = base_of(old)
    examples = example_changes(read_examples(old), read_examples(new))
    before, after = read_version(old), read_version(new)
    print(summary(before, after, list(examples)))
    alone = days_alone(before, after)
    print("\n".join(alone), file=sys.stderr, end="\n" if alone else "")
    if Path(new) == SOURCE and _has_problems():
        print("docs/data/ has problems, which may hide changes; see `make check`", file=sys.stderr)
    return int(bool(alone))


def _has_problems() -> bool:
    try:
        read_with_lines()
    except KnowledgeError:
        return True
    return False


def _shapes(_: argparse.Namespace) -> int:
    from macros.knowledge.shapes import SHAPES, shapes_json  # only here: botocore is for tests

    today = datetime.now(tz=UTC).date().isoformat()
    SHAPES.write_bytes(shapes_json(today))
    return 0


def _new_page(options: argparse.Namespace) -> int:
    print("\n".join(new_page(options.page, options.title)))
    return 0


def _check(options: argparse.Namespace) -> int:
    try:
        known, document = read_with_lines()
    except KnowledgeError as error:
        print(problem_report([*error.problems, *_on_pages(error)]), file=sys.stderr)
        return 1
    _say_if_untrained(known)
    pages = page_problems(ROOT / "docs", known, macro_arguments())
    problems = [*scenario_problems(known, document), *pages]
    unfinished = _draft(options) and all(problem.code in DRAFT for problem in problems)
    if problems:
        outcome = "the preview shows these pages" if unfinished else "nothing was built"
        print(problem_report(problems, outcome), file=sys.stderr)
    if problems and not unfinished:
        return 1
    print(
        f"knowledge.yml: {len(known.facts)} facts, {len(known.options)} options, "
        f"{len(known.rules)} rules, {len(known.scenarios)} scenarios"
    )
    return 0


def _draft(options: argparse.Namespace) -> bool:
    """Whether this is for a preview, in which a page may be unfinished."""
    return bool(getattr(options, "draft", False))


def _on_pages(error: KnowledgeError) -> list[Problem]:
    """What is wrong with the pages besides, told in the same run.

    An entry that was left out for its own faults is no fault of the page that names it.
    """
    if error.sound is None:
        return []
    found = page_problems(ROOT / "docs", error.sound, macro_arguments())
    left_out = [
        problem for problem in found if any(name in problem.message for name in error.dropped)
    ]
    return [problem for problem in found if problem not in left_out]


def _freshness(options: argparse.Namespace) -> int:
    found = ages(read_knowledge(), datetime.now(tz=UTC).date())
    print("\n".join(freshness_lines(found)))
    return int(options.strict and any(age.word == "stale" for age in found))


def _training(options: argparse.Namespace) -> int:
    """Train, or measure: both need scikit-learn, which is installed for them alone."""
    known, docs = read_knowledge(), ROOT / "docs"
    try:
        from macros.training import evaluate, judging, readings, train
    except ModuleNotFoundError as error:
        print(f"{error.name} is not installed: make {options.command}", file=sys.stderr)
        return 1
    if options.command == "train":
        print(train.write_model(known, docs))
        print(readings.write_readings(known, docs))
        return 0
    judged = evaluate.evaluate(known, docs, options.every)
    rows = judging.table(judged)
    print("\n".join(judging.lines(rows)))
    if options.misses:
        print("\n".join(map(judging.miss, filter(judging.missed, judged))))
    if options.every == 1:
        evaluate.write_figures(rows)
    return 0


def _say_if_untrained(known: Knowledge) -> None:
    """A note and no fault: an old model still reads texts, only without what is new."""
    from macros.training.corpus import corpus, digest, lesson

    for file, model, texts in (
        ("model", known.ranking, corpus(known, ROOT / "docs")),
        ("readings", known.readings, lesson(known, ROOT / "docs")),
    ):
        if model and model["trained_on"] != digest(texts):
            print(f"reading/{file}.json: trained before the newest texts; make train renews it")


def _finish(options: argparse.Namespace) -> int:
    from macros.site.finish import FinishError, finish

    try:
        finish(options.site)
    except FinishError as error:
        print(error, file=sys.stderr)
        return 1
    return 0


def _build(options: argparse.Namespace) -> int:
    if status := _check(options):
        return status
    # Imported here: checking the knowledge must not need Node or the browser's runtime.
    from macros.build import build_inputs
    from macros.runtime.contents import RuntimeBuildError
    from macros.runtime.vendor import VendorError

    try:
        inputs = build_inputs()
    except (RuntimeBuildError, VendorError) as error:
        print(error, file=sys.stderr)
        return 1
    runtime = inputs.runtime
    print(f"browser runtime: {runtime.path}, {runtime.total_bytes / 1e6:.1f} MB")
    print("\n".join(inputs.practise.lines()))
    return 0


if __name__ == "__main__":
    sys.exit(main())
