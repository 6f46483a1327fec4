"""What the guide does not decide, told apart: subjects nearby, and texts not in English."""

import re
from collections.abc import Mapping, Sequence
from functools import cache

from checker.knowledge.model import Nearby
from checker.text.tokens import Token, clean, tokenize

_WORD = re.compile(r"[^\W\d_]+")
# Small words that each language needs and the others do not have.
_SMALL_WORDS = {
    "English": (
        "the a an of to and is are be for with on at by from that this it its we our you i "
        "my or not no but if when which what how where can must should would will may has "
        "have than then there they their them was were after before each every into out up "
        "so do does don't as all"
    ),
    "German": (
        "und der das ist nicht ein eine einen einem einer wir mit für auf dem den von zu "
        "sich werden wird welche welcher welches unser unsere unseren wie oder auch nach "
        "wenn soll sollen haben kein keine bei aus ich modell anfrage anfragen kosten "
        "braucht brauchen benötigen pro tag stunde sekunden nutzer oder nur über"
    ),
    "French": (
        "le les une est nous dans avec sur qui que pas vous notre nos aux du et ou mais "
        "sont quel quelle cette chaque avons il elle je être modèle requêtes par jour"
    ),
    "Spanish": (
        "el los las una para con por que del nuestro nuestra cada pero más qué cuál está "
        "tiene queremos necesitamos y es se son"
    ),
    "Portuguese": (
        "um uma não para com que nosso nossa cada mas são é qual dos das precisamos os ao "
        "poucas por dia modelo muito"
    ),
    "Italian": (
        "il lo gli della di che con una è non sono nostro nostra quale ogni del nel alla "
        "dei abbiamo"
    ),
    "Dutch": (
        "het een van de en wij niet voor zijn ons onze welke op bij naar maar dat wordt moet"
    ),
    "Polish": "się nie jest czy który która dla jak nasz nasza że oraz mamy przez",
    "Swedish": "och att det som för inte vår vårt är ett med ska",
}
_SCRIPTS = (
    ("Russian or another language in Cyrillic", "\u0400", "\u04ff"),
    ("Greek", "\u0370", "\u03ff"),
    ("Arabic", "\u0600", "\u06ff"),
    ("Hindi", "\u0900", "\u097f"),
    ("Japanese", "\u3040", "\u30ff"),
    ("Chinese", "\u4e00", "\u9fff"),
    ("Korean", "\uac00", "\ud7af"),
)
# So many small words of a language tell it, where they are more than the English ones.
ENOUGH = 2


def language_of(text: str) -> str | None:
    """The language of a text that is not in English; None for English, or too little to tell."""
    words = _WORD.findall(text.lower())
    letters = "".join(words)
    for name, first, last in _SCRIPTS:
        if sum(first <= letter <= last for letter in letters) * 2 > len(letters):
            return name
    counts = {name: sum(word in small for word in words) for name, small in _languages().items()}
    english = counts.pop("English")
    name = max(counts, key=lambda language: counts[language])
    return name if counts[name] >= max(ENOUGH, english + 1) else None


@cache
def _languages() -> Mapping[str, frozenset[str]]:
    return {name: frozenset(words.split()) for name, words in _SMALL_WORDS.items()}


class Neighbours:
    """The subjects of the knowledge that this guide does not decide, found by their names."""

    def __init__(self, nearby: Mapping[str, Nearby]) -> None:
        self._starts: dict[str, list[tuple[tuple[str, ...], str]]] = {}
        for name, subject in nearby.items():
            for phrase in subject.phrases:
                stems = tuple(token.stem for token in tokenize(phrase.lower()))
                self._starts.setdefault(stems[0], []).append((stems, name))

    def named_in(self, text: str) -> dict[str, str]:
        """The subjects that a text names, in its order, each with the first words that name it."""
        plain = clean(text)
        return self.named_by(plain, tokenize(plain))

    def named_by(self, plain: str, tokens: Sequence[Token]) -> dict[str, str]:
        """The same for some tokens of a cleaned text."""
        found: dict[str, str] = {}
        for at, token in enumerate(tokens):
            for stems, name in self._starts.get(token.stem, ()):
                part = tokens[at : at + len(stems)]
                if name not in found and tuple(t.stem for t in part) == stems:
                    found[name] = plain[part[0].start : part[-1].end]
        return found
