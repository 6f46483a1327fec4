"""What a preview keeps from build to build, so that an edit of the YAML shows soon.

Only the pages that the edit reached are built again. What the checker carries, and its runtime in
the browser, follow in the next build.
"""

from collections.abc import Callable, Mapping
from dataclasses import replace

from checker.model import Knowledge
from macros.build import Inputs, build_runtime, write_data
from macros.dependencies import Dependencies, Macro
from macros.knowledge import SOURCE, read_with_lines
from macros.runtime import Runtime
from macros.yaml_source import Path_

# What it says rests on where the runtime is, beside the knowledge.
_OF_RUNTIME = frozenset({"checker"})


class Preview:
    """One run of ``mkdocs serve --dirty``."""

    def __init__(self) -> None:
        self.outdated: frozenset[str] = frozenset()
        """Pages, by path below ``docs/``, that say something else than in the build before."""
        self._dependencies = Dependencies()
        self._changed = 0
        self._read: tuple[Knowledge, Mapping[Path_, int]] | None = None
        self._runtime: Runtime | None = None
        self._shown: Runtime | None = None
        self.behind = False
        """Whether the runtime still has the knowledge from before the last edit."""

    def inputs(self) -> Inputs:
        """The knowledge as it is now, and its runtime or, right after an edit, the one before.

        Raises:
            macros.knowledge.KnowledgeError: the YAML is not fit; what was read before is kept.
        """
        changed = SOURCE.stat().st_mtime_ns
        edited = self._read is None or changed != self._changed
        if edited or self._read is None:
            self._read, self._changed = read_with_lines(), changed
        if self._runtime is None or (self.behind and not edited):
            self._runtime = build_runtime(write_data(self._read[0]))
            self.behind = False
        else:
            self.behind |= edited
        return Inputs(*self._read, self._runtime)

    def followed(
        self, inputs: Inputs, macros_with: Callable[[Inputs], Mapping[str, Macro]]
    ) -> Mapping[str, Macro]:
        """The macros for this build's pages; tells which pages those are in ``outdated``."""
        noting = self._dependencies.noting(inputs.knowledge)
        macros = macros_with(replace(inputs, knowledge=noting))
        outdated = self._dependencies.outdated(inputs.knowledge, macros)
        if inputs.runtime != self._shown:
            outdated |= self._dependencies.pages_calling(_OF_RUNTIME)
        self._shown, self.outdated = inputs.runtime, frozenset(outdated)
        return self._dependencies.recorded(macros)

    def forget(self, page: str) -> None:
        """A page is built anew: what it calls from now on is all that counts."""
        self._dependencies.forget(page)
