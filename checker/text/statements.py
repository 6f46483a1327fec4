"""The text reader: plain sentences to answers, each with the quote that it came from.

No network and no language model: the words come from the lexicon in the knowledge. Nothing that
is read counts until a form or a listing has shown it.
"""

import math
from bisect import bisect_left, bisect_right
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from dataclasses import field as by_default

from checker.knowledge.answers import Answer, plain_answer, read_value, within
from checker.knowledge.model import Field, Knowledge, Term
from checker.problems import Problem
from checker.text.demands import Demands, demands
from checker.text.numbers import Amount, find_amounts
from checker.text.phrases import Found, Index, build_index, find_phrases, negates
from checker.text.subjects import best_fits, evidence, subjects_of
from checker.text.tokens import Token, clean, stem, tokenize
from checker.units import Interval, convert

# Longer than any description of one situation; reading stays far under a second up to here.
MOST_CHARACTERS = 20_000
# "Under 4 MB" as one number, for questions that ask for the worst case.
JUST_UNDER = 0.99
# A decision whose words weigh this part of the likeliest one's can still be the subject.
RIVAL = 0.65
# Less than this in words is no subject: "every month" alone speaks of nothing known here.
LEAST = 1.0
# So much in words that the lexicon lists is a subject beside the likeliest one.
HEARD = 3.0
OWNER = 0.6
# Words that go along with a decision this strongly are no accident, whatever they name. Measured:
# below, texts about something else are taken for known ones.
FAMILIAR = 3.5
# A phrase of so many words is no accident either.
LONG = 4
# How far a word can stand from the number that it explains.
REACH = 9
# A weak cue counts as this many words further away.
_DOUBT = 20
# So does a cue of a question that the text's likely decisions do not ask.
_FOREIGN = 8
# A guess from words of the sentences before and behind goes no further than this.
_FAR = 60
# How much more the words of a question speak for its subject than those around it.
_ASKED = 1.0
_JOINTS = frozenset({"and", "or", "with", "plus", "while", "but"})
# "GPU is not needed": a negation behind the words counts only together with one of these.
_NEEDS = frozenset(map(stem, (
    "need", "require", "necessary", "use", "available", "possible", "allow", "permit", "accept",
    "acceptable", "tolerate", "want", "expect", "matter", "support", "supply", "plan", "provide",
    "there", "exist", "ok", "fine",
)))  # fmt: skip
_NEGATION_REACH = 4
# A question that begins so and has an "or" in it leaves open which.
_OFFERS = frozenset({"should", "shall", "is", "are", "do", "does"})


@dataclass(frozen=True, slots=True)
class Read:
    """One answer read from the text; ``guess`` marks what a person should look at twice."""

    field: str
    answer: Answer
    quote: str
    guess: bool = False


@dataclass(frozen=True, slots=True)
class Reading:
    """Everything that a text gave.

    ``areas`` are the decisions it speaks about, the likeliest first, with the weight of the words
    that speak for each. ``unread`` quotes words with
    a number that nothing was made of; ``ignored`` pairs such a quote with what it belongs to.
    ``conflicts`` names fields with two statements, with each value and its quote.
    """

    areas: Mapping[str, float]
    reads: tuple[Read, ...]
    mentions: tuple[str, ...] = ()
    unread: tuple[str, ...] = ()
    ignored: tuple[tuple[str, str], ...] = ()
    conflicts: tuple[tuple[str, tuple[Read, ...]], ...] = ()
    at_home: bool = True
    """Whether it speaks of machine learning in operation at all."""
    exclusive: bool = False
    """Whether nothing but the options that it mentions will do."""
    demands: Demands = by_default(default_factory=Demands)
    """How much it asks for, by its words."""

    @property
    def answers(self) -> Mapping[str, Answer]:
        """The answers by field."""
        return {read.field: read.answer for read in self.reads}


class Reader:
    """Reads texts with one knowledge's lexicon, which is made ready once."""

    def __init__(self, knowledge: Knowledge) -> None:
        self.knowledge = knowledge
        self._index: Index = build_index(knowledge.lexicon)
        self._subjects = subjects_of(knowledge)

    def read(self, text: str) -> Reading | Problem:
        """Answers, areas and what was not understood; a Problem where the text is no text."""
        if len(text) > MOST_CHARACTERS:
            message = f"{len(text):,} characters are more than a description takes"
            return Problem("R001", "text", message, f"at most {MOST_CHARACTERS:,}")
        plain = clean(text)
        tokens = tokenize(plain)
        if not any(token.text.isalpha() for token in tokens):
            return Problem("R002", "text", "there are no words in it", "describe the situation")
        found = [_with_negation(item, tokens) for item in find_phrases(tokens, self._index)]
        return self._reading(plain, tokens, found)

    def _reading(self, text: str, tokens: Sequence[Token], found: Sequence[Found]) -> Reading:
        asked = _asked(tokens)
        spoken = evidence(self._subjects, list(self.knowledge.decisions), tokens)
        fits = best_fits(self.knowledge, tokens)
        likely = _likely(_areas(self.knowledge, found, (), asked, spoken, fits))
        subject = _fields_asked(self.knowledge, likely)
        found = [item for item in found if item.term.only in (None, *likely)]
        choices, clashing = _choices(self.knowledge, found, tokens, text)
        numbers = _Numbers(self.knowledge, text, tokens, found, subject)
        placed = list(numbers.place_all(find_amounts(text.lower())))
        worded = list(_worded(self.knowledge, found, tokens, text))
        said = [p for p in placed if isinstance(p, Read)]
        asks_for = demands(self.knowledge, tokens)
        quantities = _merged(self.knowledge, [*said, *worded])
        mentions = tuple(
            dict.fromkeys(f.term.option for f in found if f.term.option and not f.negated)
        )
        # Who names an option asks about it, whatever the other words are those of.
        elsewhere = asks_for.elsewhere and not mentions
        heard = _areas(self.knowledge, found, said, asked, spoken, fits)
        return Reading(
            areas={} if elsewhere else heard,
            reads=(*choices, *quantities),
            mentions=mentions,
            unread=tuple(p for p in placed if isinstance(p, str)),
            ignored=tuple(p for p in placed if isinstance(p, tuple)),
            conflicts=tuple(clashing),
            at_home=not elsewhere and _at_home(found, spoken),
            exclusive=asks_for.insistent or any(item.term.exclusive for item in found),
            demands=asks_for,
        )


def plain_answers(knowledge: Knowledge, reading: Reading) -> dict[str, str]:
    """What was read as text values, as forms and links hold them."""
    return {r.field: plain_answer(knowledge.fields[r.field], r.answer) for r in reading.reads}


def _with_negation(item: Found, tokens: Sequence[Token]) -> Found:
    outside = _negated_before(item, tokens) or _negated_behind(item, tokens)
    # Two negations make a statement: "never ... not acceptable" is left to the inner one.
    return replace(item, negated=item.negated or outside)


def _negated_before(item: Found, tokens: Sequence[Token]) -> bool:
    clause = tokens[item.start].clause
    places = [
        at
        for at in range(max(0, item.start - _NEGATION_REACH), item.start)
        if tokens[at].clause == clause
    ]
    # "no checkpoints and nobody waits": a negation ends where the next statement begins.
    joint = max((at for at in places if tokens[at].text == "and"), default=-1)
    return any(negates(tokens, at) for at in places if at > joint)


def _negated_behind(item: Found, tokens: Sequence[Token]) -> bool:
    clause = tokens[item.start].clause
    behind = [t for t in tokens[item.end : item.end + 5] if t.clause == clause]
    if [t.text for t in behind if t.text.isalpha()] == ["no"]:
        return True  # "interruptible yes, deadline no"
    if any(t.text in ("unnecessary", "unavailable", "impossible", "optional") for t in behind[:3]):
        return True
    negator = next((at for at in range(len(behind)) if negates(behind, at)), None)
    return negator is not None and any(t.stem in _NEEDS for t in behind[negator + 1 :])


def _areas(
    knowledge: Knowledge,
    found: Iterable[Found],
    numbers: Iterable[Read],
    asked: Collection[int],
    spoken: Mapping[str, float],
    fits: Mapping[str, float],
) -> Mapping[str, float]:
    """Decisions by the weight of the words, and of the numbers, that speak for them.

    ``spoken`` is what the words say that the lexicon does not list; alone it is no subject.
    ``fits`` is how they fit the options, which makes no subject either.
    """
    votes: dict[str, float] = {}
    for term, times in _spoken(found, numbers, asked):
        for decision, share in _shares(list(_decisions_of(knowledge, term))):
            votes[decision] = votes.get(decision, 0.0) + times * term.weight * share
    order = list(knowledge.decisions)
    numbers = tuple(numbers)
    if not _at_home(found, spoken) and all(read.guess for read in numbers):
        return {}
    listed = {name: weight for name, weight in votes.items() if weight >= LEAST}
    if not listed and max(spoken.values(), default=0.0) < FAMILIAR:
        return {}
    both = {name: listed.get(name, 0.0) + spoken[name] for name in order}
    # What the lexicon hears clearly is a second subject, however much the rest is about the first.
    heard = {name for name, weight in listed.items() if weight >= HEARD}
    votes = {n: weight for n, weight in both.items() if weight >= LEAST or n in heard} or listed
    votes = {name: weight + fits.get(name, 0.0) for name, weight in votes.items()}
    ranked = sorted(votes, key=lambda name: (-votes[name], order.index(name)))
    return {name: votes[name] for name in ranked}


def _at_home(found: Iterable[Found], spoken: Mapping[str, float]) -> bool:
    """Whether a text speaks of machine learning in operation at all.

    "The best laptop" answers a question on cost and "a second monitor" names a subject, and yet
    both are about something else.
    """
    if max(spoken.values(), default=0.0) >= FAMILIAR:
        return True
    items = tuple(found)
    terms = {item.term_id: item.term for item in items}.values()
    subjects = sum(term.decision is not None for term in terms)
    if any(term.domain or term.option for term in terms) or subjects > 1:
        return True
    answers = [item for item in items if item.term.value and not item.term.weak]
    # One word can stand anywhere; a row of words, or answers to two questions, hardly by accident.
    return any(item.said >= LONG for item in answers)


def _shares(named: Sequence[str]) -> Iterator[tuple[str, float]]:
    """One vote among the decisions that ask a question; the one that it was made for comes first
    in the knowledge, and gets the larger part."""
    for number, decision in enumerate(named):
        yield (
            decision,
            (1.0 if len(named) == 1 else OWNER if number == 0 else (1 - OWNER) / (len(named) - 1)),
        )


def _spoken(
    found: Iterable[Found], numbers: Iterable[Read], asked: Collection[int]
) -> Iterator[tuple[Term, float]]:
    """Each term that speaks for a decision, once however often it is repeated.

    Words of the question itself count more than those of the story around it.
    """
    terms: dict[str, tuple[Term, float]] = {}
    for item in found:
        if item.term.value or not item.term.field:
            before = terms.get(item.term_id, (item.term, 0.0))[1]
            times = _ASKED if item.start in asked else 1.0
            terms[item.term_id] = item.term, max(before, times)
    yield from terms.values()
    for name in dict.fromkeys(read.field for read in numbers):
        yield Term(phrases=(), field=name), 1.0


def _asked(tokens: Sequence[Token]) -> frozenset[int]:
    """The tokens of sentences that end in a question mark."""
    sentences = {token.sentence for token in tokens if token.text == "?"}
    return frozenset(i for i, token in enumerate(tokens) if token.sentence in sentences)


def _offered(tokens: Sequence[Token]) -> frozenset[int]:
    """The tokens of questions between alternatives: "from scratch or ...?" states neither."""
    asked = _asked(tokens)
    first = {tokens[at].sentence: tokens[at].text for at in sorted(asked, reverse=True)}
    parted = {tokens[at].sentence for at in asked if tokens[at].text == "or"}
    return frozenset(
        at
        for at in asked
        if tokens[at].sentence in parted and first[tokens[at].sentence] in _OFFERS
    )


def _likely(areas: Mapping[str, float]) -> tuple[str, ...]:
    """The decisions that a text may be about, the likeliest first."""
    enough = max(areas.values(), default=0.0) * RIVAL
    return tuple(name for name, weight in areas.items() if weight >= enough)


def _fields_asked(knowledge: Knowledge, likely: Iterable[str]) -> tuple[str, ...]:
    """The questions of these decisions."""
    return tuple(dict.fromkeys(field for n in likely for field in knowledge.decisions[n].fields))


def _decisions_of(knowledge: Knowledge, term: Term) -> Iterator[str]:
    if term.decision:
        yield term.decision
    elif term.option:
        yield knowledge.options[term.option].decision
    elif term.field:
        for name, decision in knowledge.decisions.items():
            if term.field in decision.fields:
                yield name


def _choices(
    knowledge: Knowledge, found: Sequence[Found], tokens: Sequence[Token], text: str
) -> tuple[list[Read], list[tuple[str, tuple[Read, ...]]]]:
    """Answers to choice fields, and the fields on which the text says two things."""
    said: dict[str, list[tuple[str, Found]]] = {}
    offered = _offered(tokens)
    for item in found:
        if item.start in offered:
            continue
        value = item.term.negated if item.negated else item.term.value
        name = item.term.field
        if name and item.term.value and value and knowledge.fields[name].kind == "choice":
            said.setdefault(name, []).append((value, item))
    reads: list[Read] = []
    conflicts: list[tuple[str, tuple[Read, ...]]] = []
    for field, pairs in said.items():
        strong = _most_said([pair for pair in pairs if not pair[1].term.weak] or pairs)
        stated = {
            value: Read(field, value, _quote(text, tokens, item), item.term.weak)
            for value, item in reversed(strong)
        }
        if len(stated) > 1:
            conflicts.append((field, tuple(reversed(stated.values()))))
        else:
            reads.extend(stated.values())
    return reads, conflicts


def _most_said(pairs: Sequence[tuple[str, Found]]) -> list[tuple[str, Found]]:
    """Without the phrases whose words a longer phrase on the same question explains.

    In "doubling the fleet is fine" the words "doubling the fleet" alone would say the opposite.
    """
    return [
        (value, item)
        for value, item in pairs
        if not any(_explains(other, item) for _, other in pairs)
    ]


def _explains(longer: Found, item: Found) -> bool:
    inside = longer.start <= item.start and item.end <= longer.end
    return inside and longer.said > item.said


def _worded(
    knowledge: Knowledge, found: Iterable[Found], tokens: Sequence[Token], text: str
) -> Iterator[Read]:
    """Quantities that are said without a number, such as "low latency"."""
    for item in found:
        name, value = item.term.field, item.term.value
        if name and value and not item.negated and knowledge.fields[name].kind == "quantity":
            answer = read_value(knowledge.fields[name], name, value)
            if not isinstance(answer, Problem):
                yield Read(name, answer, _quote(text, tokens, item), guess=True)


def _quote(text: str, tokens: Sequence[Token], item: Found) -> str:
    return text[tokens[item.start].start : tokens[item.end - 1].end]


@dataclass(frozen=True, slots=True)
class _Numbers:
    """Finds out which field a number belongs to, by the words around it."""

    knowledge: Knowledge
    text: str
    tokens: Sequence[Token]
    found: Sequence[Found]
    subject: Sequence[str]
    """The questions of the decisions that the words speak about."""

    def place_all(self, amounts: Iterable[Amount]) -> Iterator[Read | tuple[str, str] | str]:
        """Every amount as a Read, as a quote with what it belongs to, or as a bare quote.

        What stands alone in its clause says its field by its unit.
        """
        placed = self._placed(list(amounts))
        taken = {item.field for _, item in placed if isinstance(item, Read)}
        for amount, item in placed:
            if isinstance(item, str) and (name := self._by_unit(amount, taken)):
                taken.add(name)
                yield Read(name, self._known_interval(amount, name), item, guess=True)
            else:
                yield item

    def _placed(
        self, amounts: Sequence[Amount]
    ) -> list[tuple[Amount, Read | tuple[str, str] | str]]:
        """The nearest pairs of number and words first; words explain one number, if they can."""
        pairs = [
            (distance, at, cue) for at, a in enumerate(amounts) for distance, cue in self._cues(a)
        ]
        pairs.sort(key=lambda pair: pair[:2])
        chosen: dict[int, tuple[float, Term]] = {}
        used: set[tuple[int, int]] = set()
        for spare in (False, True):
            for distance, at, cue in pairs:
                if at in chosen or (not spare and (cue.start, cue.end) in used):
                    continue
                chosen[at] = distance, cue.term
                # Words around several numbers ("a 70/30 split") explain all of them.
                if distance:
                    used.add((cue.start, cue.end))
        return [(amount, self._named(amount, chosen.get(at))) for at, amount in enumerate(amounts)]

    def _named(
        self, amount: Amount, best: tuple[float, Term] | None
    ) -> Read | tuple[str, str] | str:
        quote = self.text[amount.start : amount.end].strip()
        if best is None:
            return quote
        distance, term = best
        if term.ignore or not term.field:
            return quote, term.ignore or ""
        guess = amount.vague or term.weak or distance > REACH
        return Read(term.field, self._known_interval(amount, term.field), quote, guess)

    def _by_unit(self, amount: Amount, taken: Collection[str]) -> str | None:
        """The first open question that takes a number which stands without words of its own."""
        if amount.unit is None or not self._alone(amount):
            return None
        fits = [name for name in self.subject if name not in taken and self._in_unit(amount, name)]
        unit = self.text[amount.start : amount.end].strip().rpartition(" ")[2].lower()
        # "80 ms" is a wish on latency, "45 s" a time of work: each field asks in its usual unit.
        return min(fits, key=lambda name: self.knowledge.fields[name].unit != unit, default=None)

    def _alone(self, amount: Amount) -> bool:
        first, last = self._span(amount)
        clause = self.tokens[first].clause
        start = bisect_left(self.tokens, clause, key=lambda token: token.clause)
        end = bisect_right(self.tokens, clause, key=lambda token: token.clause)
        others = [*self.tokens[start:first], *self.tokens[last + 1 : end]]
        return sum(token.text.isalpha() and len(token.text) > 3 for token in others) <= 1

    def _cues(self, amount: Amount) -> Iterator[tuple[float, Found]]:
        """The words that could explain a number, each with how far it stands."""
        first, last = self._span(amount)
        sentence = self.tokens[first].sentence
        low = bisect_left(self.found, first - _FAR, key=lambda item: item.start)
        high = bisect_right(self.found, last + _FAR, key=lambda item: item.start)
        for item in self.found[low:high]:
            term = item.term
            if term.value or not (term.field or term.ignore):
                continue
            if term.field and self._in_unit(amount, term.field) is None:
                continue
            if term.unit and term.unit != (amount.unit or "count"):
                continue
            if self.tokens[item.start].sentence != sentence and not term.weak:
                continue
            foreign = bool(self.subject) and bool(term.field) and term.field not in self.subject
            if foreign and item.end - item.start == 1:
                # One word such as "within" tells nothing about a question that nobody asked.
                continue
            doubt = (_DOUBT if term.weak else 0) + (_FOREIGN if foreign else 0)
            yield self._distance(item, first, last) + doubt, item

    def _distance(self, item: Found, first: int, last: int) -> float:
        """Words between a number and a cue; a cue in another clause stands further away."""
        apart = 6 * abs(self.tokens[item.start].clause - self.tokens[first].clause)
        if item.start > last:
            return item.start - last + apart + self._joints(last + 1, item.start)
        if item.end <= first:
            # "payload of 6 MB" and "6 MB payload" are as good; behind the number is closer.
            return first - item.end + 1.5 + apart + self._joints(item.end, first)
        return 0.0

    def _joints(self, start: int, end: int) -> float:
        """An "and" between a number and words often begins the next number's words."""
        return 2 * sum(token.text in _JOINTS for token in self.tokens[start:end])

    def _span(self, amount: Amount) -> tuple[int, int]:
        first = bisect_right(self.tokens, amount.start, key=lambda token: token.end)
        last = bisect_left(self.tokens, amount.end, key=lambda token: token.start) - 1
        return first, max(first, last)

    def _known_interval(self, amount: Amount, name: str) -> Interval:
        interval = self._in_unit(amount, name)
        assert interval is not None  # noqa: S101  # only called where the unit fits
        return interval

    def _in_unit(self, amount: Amount, name: str) -> Interval | None:
        """The amount as an answer to this question; None where it can be none."""
        known = self.knowledge.fields[name]
        if known.kind != "quantity" or not _same_kind(amount, known):
            return None
        factor = convert(1.0, amount.unit, known.unit) if amount.unit else 1.0
        if factor is None:
            return None
        said = amount.interval
        interval = Interval(said.lo * factor, said.hi * factor, said.lo_open, said.hi_open)
        answer = _worst(interval) if known.merge == "max" else interval
        return None if isinstance(within(known, name, answer), Problem) else answer


def _worst(interval: Interval) -> Interval:
    """The worst case of a number with an upper end: requests of "2-6 MB" or "up to 6 MB" need an
    option that takes 6 MB, those "under 6 MB" one that takes nearly as much."""
    if interval.exact or interval.hi == math.inf:
        return interval
    high = round(interval.hi * JUST_UNDER, 3) if interval.hi_open else interval.hi
    return Interval(high, high)


def _same_kind(amount: Amount, known: Field) -> bool:
    """Plain counts go to plain counts, measured amounts to fields of their dimension."""
    if amount.unit is None:
        return known.unit is None or not _measured(known)
    return convert(1.0, amount.unit, known.unit) is not None


def _measured(known: Field) -> bool:
    return any(convert(1.0, known.unit, unit) is not None for unit in ("MB", "s", "/h", "%"))


def _merged(knowledge: Knowledge, reads: Iterable[Read]) -> list[Read]:
    """One number a field: the worst case, the tightest wish or the first, as the field says."""
    by_field: dict[str, list[Read]] = {}
    for read in reads:
        by_field.setdefault(read.field, []).append(read)
    return [_chosen(knowledge.fields[name], items) for name, items in by_field.items()]


def _chosen(known: Field, reads: list[Read]) -> Read:
    sure = [read for read in reads if not read.guess] or reads
    if known.merge == "first":
        return sure[0]
    pick = max if known.merge == "max" else min
    return pick(sure, key=_size)


def _size(read: Read) -> float:
    if not isinstance(read.answer, Interval):
        return 0.0
    return read.answer.lo if read.answer.hi == float("inf") else read.answer.hi
