"""A page to fill in, put where the navigation finds it."""

import re
from pathlib import Path

from macros.files import ROOT

_PAGE = re.compile(r"(?P<folder>[a-z0-9-]+)/[a-z0-9-]+\.md")

TEMPLATE = """\
---
description: "TODO: what a reader learns here, in 40 to 160 characters."
tags:
  - kind:concept
  - {stage}
{links}---
# {title}

TODO: one sentence that is the answer.

TODO: what it is for, and whom it helps, in a paragraph.

## Choose it when `#exam-tip`

- TODO: one situation a line
- TODO: another situation
- TODO: what makes it better than the other options

## Choose something else when `#exam-tip`

- TODO: one situation a line, with a link to what fits better
- TODO: another situation, with its link

## Limits to plan for `#kind:limit`

- TODO: each limit as a call of the macro `statement` with the id of its fact
- TODO: another limit

## Before you start

- TODO: the permissions and quotas that it needs
- TODO: what has to exist already

## How it works

TODO: what a reader has to know to use it.

```python
TODO: the call that starts it
TODO: what it needs
TODO: what comes back
```

TODO: what the example shows, and what to change in it.

## What it costs

TODO: what you pay for, and when you pay nothing.

## When something goes wrong

- TODO: what you see, why, and what to do
- TODO: another fault

## Practice

{{{{ practice("{page}") }}}}

{{{{ see_also("{page}") }}}}
"""


# Folder of a page -> the stage that its pages are about.
STAGES = {
    "endpoints": "stage:deploy",
    "inference": "stage:deploy",
    "monitoring": "stage:monitor",
    "operate": "stage:operate",
    "optimize": "stage:operate",
    "rollout": "stage:rollout",
    "tracking": "stage:build",
    "workflows": "stage:build",
}


class NewPageError(Exception):
    """The page cannot be made; the text says why and what would be right."""


def new_page(page: str, title: str, root: Path = ROOT) -> list[str]:
    """Write a page from the template and put it into the navigation; says what to do next.

    Raises:
        NewPageError: the name, the title or the place is not fit; nothing was written.
    """
    match, config = _PAGE.fullmatch(page), root / "mkdocs.yml"
    if not match:
        raise NewPageError(f"'{page}' is not a name for a page (write folder/some-topic.md)")
    if not title.strip() or re.search(r"[{}`\n]", title):
        raise NewPageError(f"'{title}' is not a title (plain words: TITLE=\"What it is about\")")
    if (file := root / "docs" / page).exists():
        raise NewPageError(f"docs/{page} already exists")
    folder = match["folder"]
    nav = _with_entry(config.read_text(encoding="utf-8"), page, folder)
    file.write_text(
        TEMPLATE.format(
            page=page,
            links=f"links:\n  compare: [{folder}/index.md]\n" if _has_index(root, folder) else "",
            title=title.strip(),
            stage=STAGES.get(folder, "stage:build"),
        ),
        encoding="utf-8",
    )
    config.write_text(nav, encoding="utf-8")
    return [
        f"docs/{page}: replace each TODO (a page has 55 to 205 lines), and "
        "add a scenario with this page or remove its section Practice",
        f"mkdocs.yml: - {page} is last in its part of the navigation",
    ]


def _has_index(root: Path, folder: str) -> bool:
    return (root / "docs" / folder / "index.md").is_file()


def _with_entry(config: str, page: str, folder: str) -> str:
    """The configuration with the page behind the last one of its folder."""
    lines = config.splitlines(keepends=True)
    own = [i for i, line in enumerate(lines) if re.fullmatch(rf"\s+- {folder}/\S+\.md\n", line)]
    if not own:
        folders = sorted(set(re.findall(r"(?m)^\s+- ([a-z0-9-]+)/\S+\.md$", config)))
        raise NewPageError(f"the navigation has no folder '{folder}' (one of {', '.join(folders)})")
    last = own[-1]
    indent = lines[last].partition("-")[0]
    return "".join([*lines[: last + 1], f"{indent}- {page}\n", *lines[last + 1 :]])
