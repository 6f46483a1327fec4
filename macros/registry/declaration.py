"""How a macro is declared, and what all macros of a build share."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cached_property
from inspect import Parameter, signature
from math import inf

from checker.knowledge.model import Knowledge
from macros.build import Inputs
from macros.draw import checker_frame
from macros.draw.edit_links import NOWHERE, SourceLinks
from macros.draw.html import Html
from macros.pages import related
from macros.pages.checks import Takes
from macros.pages.sections import Tagged, tagged_sections
from macros.pages.source import Page


@dataclass(frozen=True)
class Site:
    """What all macros of a build share."""

    inputs: Inputs
    pages: Mapping[str, Page]
    source: SourceLinks = NOWHERE
    verdicts: frozenset[str] = frozenset()

    @property
    def known(self) -> Knowledge:
        """The checked knowledge."""
        return self.inputs.knowledge

    @cached_property
    def tagged(self) -> Tagged:
        """Every tagged section."""
        return tagged_sections(self.pages)

    @cached_property
    def _checker(self) -> checker_frame.Shared:
        return checker_frame.shared(self.known, self.pages)

    def frame(self, page: str) -> checker_frame.Frame:
        """What a page of the checker is drawn from."""
        runtime = self.inputs.runtime
        return checker_frame.Frame(self.known, runtime, page, self._checker, self.verdicts)

    @cached_property
    def connections(self) -> related.Connections:
        """What each page leads to."""
        return related.connect(self.pages, self.tagged)


type Draw = Callable[..., Html]


@dataclass(frozen=True)
class Macro:
    """One macro: ``draw(site, page, *arguments)``, and what its arguments name."""

    draw: Draw
    takes: Takes


MACROS: dict[str, Macro] = {}


def macro(
    name: str, takes: str = "", second: str = "", *, first_only: bool = False
) -> Callable[[Draw], Draw]:
    """Declare a macro; ``takes`` is the section of the knowledge that its arguments name, and
    ``second`` that of the second one, where it is another."""

    def declare(draw: Draw) -> Draw:
        MACROS[name] = Macro(draw, Takes(takes, first_only, second, *_arguments(draw)))
        return draw

    return declare


def _arguments(draw: Draw) -> tuple[int, float]:
    """How many arguments a macro needs and accepts, beside the site and the page."""
    own = list(signature(draw).parameters.values())[2:]
    if any(one.kind is Parameter.VAR_POSITIONAL for one in own):
        return len(own) - 1, inf
    return sum(one.default is Parameter.empty for one in own), len(own)


def macro_arguments() -> dict[str, Takes]:
    """What the arguments of each macro name, for the checks of the pages."""
    return {name: macro.takes for name, macro in MACROS.items()}
