"""Decide how to serve and monitor a model on Amazon SageMaker AI: verdicts with their reasons.

>>> import checker
>>> knowledge = checker.bundled_knowledge()
>>> result = checker.decide(knowledge, ["inference"], {"payload": "6 MB"})
>>> result["verdicts"]["inference"]["rejected"][0]["option"]
'serverless-inference'

Pure standard-library Python: the same code answers on the command line, in the tests and in the
reader's browser. JSON in, JSON out; dataclasses inside.
"""

from checker.knowledge.loading import load_knowledge
from checker.knowledge.model import Knowledge
from checker.problems import Problem
from checker.session import Session, bundled_knowledge, decide

__all__ = ["Knowledge", "Problem", "Session", "bundled_knowledge", "decide", "load_knowledge"]
