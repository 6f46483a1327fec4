"""What a verdict still asks: the next question as plain JSON, and the fields without an answer."""

from checker.knowledge.answers import Given, show_answer
from checker.knowledge.model import Knowledge
from checker.rules.evaluation import Result, Ruleset
from checker.rules.incremental import Tally
from checker.rules.questions import Question, leads_of
from checker.rules.reasons import Json, question_text, unanswered
from checker.rules.wording import proposed


def next_question(
    knowledge: Knowledge,
    ruleset: Ruleset,
    given: Given,
    now: Result,
    tally: Tally,
    question: Question | None,
) -> Json | None:
    """The next question with what each answer leads to, and under which other answers."""
    if question is None:
        return None
    known = knowledge.fields[question.field]
    return {
        "field": question.field,
        "text": question_text(knowledge, ruleset, now, question.field),
        "leads": [
            {
                "answer": show_answer(known, lead.answer),
                "state": lead.state,
                "recommend": list(lead.recommend),
                "provided": [
                    proposed(knowledge.fields[name], None, answer) for name, answer in lead.provided
                ],
            }
            for lead in leads_of(knowledge, ruleset, given, tally, question.field)
        ],
    }


def missing(given: Given, now: Result, asked: str | None) -> list[str]:
    """Fields without an answer that the recommendation still rests on, the deciding one first."""
    fields = [
        name
        for option in now.recommend
        for outcome in now.standings[option].open
        for name in unanswered(given, outcome)
    ]
    first = [asked] if asked and now.state != "decided" else []
    return list(dict.fromkeys(first + fields))
