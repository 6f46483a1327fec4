"""What texts are read with: the lexicon, and subjects near this guide."""

from dataclasses import dataclass

from checker.knowledge.model.strict import Strict


@dataclass(frozen=True, slots=True, kw_only=True)
class Term(Strict):
    """Words of the lexicon and what they say: the answer to a choice, or an option's name.

    Either ``field`` with ``value``, and with ``negated`` where the words under a "not" answer as
    well, or ``option``. A phrase is a row of words: ``|`` separates alternatives, ``?`` marks an
    optional word and ``...`` means up to five words in between; a hyphen joins the words of
    one alternative (``of|up-to``). Endings do not matter (request, requests).
    """

    phrases: tuple[str, ...]
    field: str | None = None
    value: str | None = None
    negated: str | None = None
    option: str | None = None
    only: str | None = None
    """The decision that the words answer a question of; in a text on another they are no answer."""
    weak: bool = False
    """A guess: yields to any other words on the same field."""
    sure: bool = False
    """Words with one meaning, such as an instance type: they need no others beside them."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Nearby(Strict):
    """A subject near this guide that it does not decide, and where to read on."""

    label: str
    says: str
    url: str
    phrases: tuple[str, ...]
