"""Evaluations a second: this engine in CPython and in Pyodide, and two general rule engines.

The peers get each option's hard rules as one expression, and must come to the same survivors
before anything is timed. This engine does more in its time: three-valued answers, the preferences,
and the outcome of each rule.
"""

import json
from pathlib import Path

from bench.engine_job import job, per_second
from bench.environment import HOME, ROOT, python, run
from bench.figures import Row, table
from macros.runtime.compiling import node

OURS = "this engine, CPython"
PEERS = ("zen-engine", "rule-engine")
HERE = Path(__file__).parent


def main(rounds: int) -> None:
    """Measure and print."""
    text = json.dumps(job("inference"))
    HOME.mkdir(parents=True, exist_ok=True)
    file = HOME / "engines.json"
    file.write_text(text, encoding="utf-8")
    rates: dict[str, list[float]] = {}
    for _ in range(rounds):
        rates.setdefault(OURS, []).append(per_second(text))
        rates.setdefault("this engine, Pyodide in Node", []).append(_in_pyodide(file))
        for peer in PEERS:
            rates.setdefault(f"{peer}, CPython", []).append(_peer(peer, file))
    rows = [Row(name, tuple(found)) for name, found in rates.items()]
    print(table("Situations held against all inference options", "a second", rows, OURS))


def _peer(name: str, file: Path) -> float:
    return float(run(str(python()), str(HERE / "engine_peers.py"), name, str(file)))


def _in_pyodide(file: Path) -> float:
    return float(run(node(), str(HERE / "engine_pyodide.mjs"), str(ROOT), str(file)))
