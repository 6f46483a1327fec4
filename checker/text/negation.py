"""Whether a phrase is negated by the words before it or behind it."""

from collections.abc import Sequence
from dataclasses import replace

from checker.text.phrases import Found, negates
from checker.text.tokens import Token, stem

# "GPU is not needed": a negation behind the words counts only together with one of these.
_NEEDS = frozenset(map(stem, (
    "need", "require", "necessary", "use", "available", "possible", "allow", "permit", "accept",
    "acceptable", "tolerate", "want", "expect", "matter", "support", "supply", "plan", "provide",
    "there", "exist", "ok", "fine",
)))  # fmt: skip
_REACH = 4
_NONE = frozenset({"no", "none", "never", "nope", "nothing", "nobody", "n"})
# "The inputs look just like they used to": what stays as it is, is no trouble.
_SAME = frozenset({"unchanged", "same", "steady", "stable"})
_FAILS = frozenset({
    "too", "slow", "slower", "cannot", "can't", "won't", "fails", "fail", "impossible", "useless",
    "hopeless", "never", "doesn't", "unusable", "forever",
})  # fmt: skip
_FAR = 9
# "No idle GPU bill": what is denied is the bill.
_PAID = frozenset(map(stem, ("bill", "cost", "charge", "spend", "spending", "money", "budget")))
# "We leave it because it has no GPU": what is missed there is wanted.
_LEAVES = frozenset(map(stem, ("move", "leave", "switch", "away", "instead", "replace")))
_UNDONE = frozenset({"unnecessary", "unavailable", "impossible", "optional"})


def with_negation(item: Found, tokens: Sequence[Token]) -> Found:
    """The phrase, negated where the words around it say so.

    Two negations make a statement: "never ... not acceptable" is left to the inner one.
    """
    outside = _before(item, tokens) or _behind(item, tokens)
    return replace(item, negated=item.negated or outside)


def _before(item: Found, tokens: Sequence[Token]) -> bool:
    clause, home = tokens[item.start].clause, tokens[item.start].sentence
    places = [
        at for at in range(max(0, item.start - _REACH), item.start) if tokens[at].clause == clause
    ]
    # "No checkpoints and nobody waits": a negation ends where the next statement begins.
    joint = max((at for at in places if tokens[at].text == "and"), default=-1)
    found = [at for at in places if at > joint and negates(tokens, at)]
    if any(token.stem in _PAID for token in tokens[item.end : item.end + 1]) or (
        found and _is_missed(tokens, found[0])
    ):
        return False
    if [tokens[at].text for at in found] == ["without"]:
        # "Without a GPU it is too slow" asks for one.
        behind = (t.text for t in tokens[item.end : item.end + _FAR] if t.sentence == home)
        return _FAILS.isdisjoint(behind)
    return bool(found)


def _is_missed(tokens: Sequence[Token], at: int) -> bool:
    """Whether a "not" says what a service lacks that somebody leaves for it."""
    home = [token for token in tokens[:at] if token.sentence == tokens[at].sentence]
    return any(t.text == "because" for t in home) and any(t.stem in _LEAVES for t in home)


def _behind(item: Found, tokens: Sequence[Token]) -> bool:
    if [t.text in _NONE for t in tokens[item.end + 1 : item.end + 2]] == [True] and (
        tokens[item.end].text in ("?", ":", "=")
    ):
        return True  # "labels? none"
    clause = tokens[item.start].clause
    behind = [t for t in tokens[item.end : item.end + 5] if t.clause == clause]
    if [t.text for t in behind if t.text.isalpha()] == ["no"]:
        return True  # "interruptible yes, deadline no"
    if any(t.text in _UNDONE for t in behind[:3]):
        return True
    words = " ".join(t.text for t in behind)
    if behind and (behind[0].text in _SAME or "like they used to" in words or "as before" in words):
        return True
    negator = next((at for at in range(len(behind)) if negates(behind, at)), None)
    return negator is not None and any(t.stem in _NEEDS for t in behind[negator + 1 :])
