"""Measures how well texts are read: ``python -m macros accuracy``.

Each text is read by models that were trained without its batch: texts of one batch are alike, and
judged by each other they would vouch for themselves. The examples are synthetic. What is counted:
``macros.training.judging``.
"""

import json
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

from sklearn.model_selection import GroupKFold

from checker.knowledge.model import Knowledge
from checker.session import Session
from macros.files import FIGURES
from macros.training.corpus import clauses, examples, own_words, scenarios
from macros.training.judging import Judged, judge
from macros.training.readings import train_readings
from macros.training.train import decisions_of, train

FOLDS = 6
# Written with the sentences that the ranking is to learn, by whoever wrote the phrases.
UNJUDGED = frozenset({"own"})


def evaluate(known: Knowledge, docs: Path, every: int = 1) -> list[Judged]:
    """Read every text, or every n-th, with what the other batches teach."""
    texts = [*scenarios(known), *examples(docs)]
    batches = [text.batch for text in texts]
    own, said = list(own_words(known)), [one for one in clauses(docs) if not one.unseen]
    found: list[Judged] = []
    for taught, unseen in GroupKFold(FOLDS).split(texts, groups=batches):
        lesson = [*own, *(texts[i] for i in taught if not texts[i].unseen)]
        ranking = train(lesson, decisions_of(known))
        readings = train_readings([*lesson, *said], known)
        session = Session(replace(known, ranking=ranking, readings=readings))
        judged = [texts[i] for i in unseen if texts[i].batch not in UNJUDGED]
        found += [judge(session, text) for text in judged[::every]]
    return found


def write_figures(rows: Mapping[str, Any]) -> None:
    """Keep the figures for the page that shows them."""
    FIGURES.write_text(json.dumps(rows, indent=1) + "\n", encoding="utf-8")
