"""The sentences of a text that count: none a second time, and none about another subject.

Sentences that do not count become blanks, so that every place in the text stays where it was.
"""

from collections.abc import Iterator, Sequence

from checker.text.nearby import Neighbours
from checker.text.ranking import Ranker
from checker.text.statements import Parsed
from checker.text.tokens import Token

# A sentence without any phrase that the reader knows is an aside where the ranking is so sure.
ASIDE = 0.85
# The same for one that holds a size or a rate, which asides rarely do.
ASIDE_WITH_AMOUNT = 0.97


def focused(parsed: Parsed, ranker: Ranker, neighbours: Neighbours) -> str:
    """The text with blanks in the place of repeated sentences and of asides.

    A question is never an aside, nor what names a subject nearby. A text that would be asides for
    the most part stays as it is: it is about something else.
    """
    parts = list(_sentences(parsed.tokens))
    known = {parsed.tokens[hit.start].sentence for hit in parsed.hits}
    seen: set[tuple[str, ...]] = set()
    kept, aside, again = [], [], []
    for part in parts:
        words = tuple(token.text for token in part if token.text[0].isalnum())
        if words and words in seen:
            again.append(part)
        elif part[0].sentence not in known and _is_aside(parsed, part, ranker, neighbours):
            aside.append(part)
        else:
            kept.append(part)
        seen.add(words)
    signs = list(parsed.text)
    for part in [*again, *(aside if sum(map(len, kept)) >= sum(map(len, aside)) else [])]:
        start, end = part[0].start, part[-1].end
        signs[start:end] = " " * (end - start)
    return "".join(signs)


def _sentences(tokens: Sequence[Token]) -> Iterator[Sequence[Token]]:
    first = 0
    for at in range(1, len(tokens) + 1):
        if at == len(tokens) or tokens[at].sentence != tokens[first].sentence:
            yield tokens[first:at]
            first = at


def _is_aside(
    parsed: Parsed, part: Sequence[Token], ranker: Ranker, neighbours: Neighbours
) -> bool:
    if part[-1].text == "?" or neighbours.named_by(parsed.text, part):
        return False
    amount = any(
        number.quantity.unit in ("MB", "/h")
        and part[0].start <= number.quantity.start < part[-1].end
        for number in parsed.numbers
    )
    return ranker.chance("out-of-scope", part) >= (ASIDE_WITH_AMOUNT if amount else ASIDE)
