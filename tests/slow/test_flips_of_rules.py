"""Where one change undoes a hard rule, the way back is one change: for each rule and option."""

import pytest

from tests import support
from tests.judging import HARD, flip_of, single_changes
from tests.support import known


@pytest.mark.parametrize(
    "key", sorted(k for k, r in known().rules.items() if r.strength in HARD and r.era != "exam")
)
def test_where_one_change_undoes_a_hard_rule_the_flip_is_one_change(key: str) -> None:
    rule = known().rules[key]
    answers = support.first_answers(rule, wanted=False)
    for option in rule.options:
        decision = known().options[option].decision
        flip = flip_of(decision, answers, option)
        enough = bool(single_changes(decision, answers, option))
        assert (flip is not None and len(flip.changes) == 1) is enough, (option, answers, flip)
