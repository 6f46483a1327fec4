"""The one question that settles an advice: an unclear number of the text, or a field."""

from collections.abc import Iterator, Mapping, Sequence

from checker.knowledge.answers import Answer
from checker.knowledge.model import Knowledge
from checker.rules.edges import representatives
from checker.rules.evaluation import evaluate
from checker.rules.verdict import Json, as_given
from checker.states import lone_limit, ruled_out
from checker.text.reading import Reading
from checker.weighing import Case, Matter, order_options

# A question that texts hardly ever answer is still worth this much.
UNUSUAL = 0.05
# What the text seems to say on a question, though not clearly enough, makes it so much likelier
# that the person can answer it.
HINTED = 3.0


def find_question(knowledge: Knowledge, matter: Matter, usual: Mapping[str, float]) -> Json | None:
    """The question whose answer can bring most of the likely options to the front.

    ``usual`` is how often texts on this decision answer each question: what people know.
    """
    if ruled_out(matter) and (item := lone_limit(matter)):
        return {"quote": item.quote, "fields": [item.field]}
    unread = [name for name in matter.rules.fields if name not in matter.stated]
    known = {
        name: usual.get(name, 0.0) + HINTED * matter.reading.hints.get(name, 0.0) for name in unread
    }
    gains = [*_of_doubts(matter), *_of_fields(knowledge, matter, known)]
    best = max(gains, key=lambda item: item[0], default=(0.0, None))
    if best[0] > 0:
        return best[1]
    # No single answer turns the order: the one that most people know is worth most.
    first = max(unread, key=lambda name: known[name], default=None)
    return {"field": first} if first else None


def subject_question(knowledge: Knowledge, decision: str, rival: Reading) -> Json | None:
    """The question of the second likeliest decision that this text answers, if it is about that.

    With an answer the text is about that decision; "no" leaves the first one.
    """
    own = knowledge.decisions[decision].fields
    fields = [name for name in knowledge.decisions[rival.decision].fields if name not in own]
    usual = (knowledge.readings.get("stated") or {}).get(rival.decision, {})
    likely = {name: usual.get(name, 0.0) + rival.hints.get(name, 0.0) for name in fields}
    first = max(fields, key=lambda name: likely[name], default=None)
    return {"field": first} if first else None


def _of_doubts(matter: Matter) -> Iterator[tuple[float, Json]]:
    """What each doubt is worth to be settled."""
    base = dict(matter.cases[0].answers)
    for doubt in matter.doubts:
        ways = [{**_less(base, doubt.field), **said} for _, said in doubt.ways]
        unsure = min(1.0, 2 - 2 * max(weight for weight, _ in doubt.ways))
        asked: Json = {"field": doubt.field}
        if doubt.number is not None:
            asked = {"quote": doubt.number.quote, "fields": list(doubt.number.fields)}
        yield max(_parted(matter, ways) * unsure, _at_stake(matter, ways)), asked


def _of_fields(
    knowledge: Knowledge, matter: Matter, known: Mapping[str, float]
) -> Iterator[tuple[float, Json]]:
    """What an answer to each open question is worth."""
    for name in known:
        values = representatives(matter.rules, knowledge.fields[name], name)
        gain = _parted(matter, [{**matter.stated, name: value} for value in values])
        yield gain * (UNUSUAL + known[name]), {"field": name}


def _at_stake(matter: Matter, ways: Sequence[Mapping[str, Answer]]) -> float:
    """What speaks for the likeliest option where one way of a doubt breaks a limit of it."""
    first = max(matter.prior, key=lambda option: matter.prior[option])
    ruled_out = set()
    for answers in ways:
        broken = evaluate(matter.rules, as_given(answers)).standings[first].broken
        ruled_out.add(any(outcome.strength == "must" for outcome in broken))
    return matter.prior[first] if len(ruled_out) > 1 else 0.0


def _less(answers: Mapping[str, Answer], name: str) -> dict[str, Answer]:
    return {key: value for key, value in answers.items() if key != name}


def _parted(matter: Matter, tries: Sequence[Mapping[str, Answer]]) -> float:
    """How much of the likely options an answer can bring to the front; 0 where all say the same."""
    tops = set()
    for answers in tries:
        result = evaluate(matter.rules, as_given(answers))
        tops.add(next(iter(order_options(matter.doubted, (Case(1.0, answers, result),)))))
    return sum(matter.standing[option] for option in tops) if len(tops) > 1 else 0.0
