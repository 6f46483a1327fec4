"""Options as a page shows them: a link with the option's colour, the same colour everywhere."""

from collections.abc import Iterable

from checker.knowledge.model import Knowledge
from macros.draw.html import Html, el, join
from macros.pages.urls import relative_url

# The file is written by a build. The hues are in tokens.css, for both colour schemes.
STYLES = "assets/stylesheets/options.css"
HUES = 8


def option_link(option: str, known: Knowledge, page: str) -> Html:
    """An option's name with its colour, linked to the page that explains it."""
    record = known.options[option]
    href = relative_url(record.page, page)
    return el("a", {"class": "option", "data-option": option, "href": href}, record.label)


def option_links(options: Iterable[str], known: Knowledge, page: str) -> Html:
    """Options of equal rank, joined by "or"."""
    return join([option_link(option, known, page) for option in options], " or ")


def options_css(known: Knowledge) -> bytes:
    """The one table of colours: ``--option`` for whatever names an option.

    Within a decision no two options share a hue, up to the number of hues. A Mermaid node gets
    the colour with a class of the option's name, ``B[Batch transform]:::batch-transform``.
    """
    rows = ["/* Written by the build from the order of each decision's options. */"]
    rows.append("@layer tokens {")
    for decision in known.decisions.values():
        for number, option in enumerate(decision.options):
            hue = number % HUES + 1
            rows.append(
                f'  [data-option="{option}"], .node.{option} {{ --option: var(--hue-{hue}); }}'
            )
    return ("\n".join(rows) + "\n}\n").encode()
