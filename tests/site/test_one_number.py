"""The page, the command line and the browser's data state the same numbers: there is one."""

import json
import zipfile

from checker.cli import main
from checker.knowledge.model import Knowledge
from checker.formatting import format_measure
from tests.serving import Site

KEY = "serverless.max_payload"


def test_the_table_the_command_line_and_the_browsers_data_agree(
    site: Site, knowledge: Knowledge, capsys
) -> None:  # type: ignore[no-untyped-def]
    fact = knowledge.facts[KEY]
    shown = format_measure(fact.value, fact.unit)
    assert shown.replace(" ", "\u00a0") in site.page("inference")
    main(["decide", "inference", f"payload={fact.value * 2}MB"])
    assert shown in capsys.readouterr().out
    # A decision's page loads the facts of its own decision, in a file beside the wheel.
    runtime = site.folder / "assets/runtime"
    parts = [json.loads(file.read_bytes()) for file in runtime.rglob("*.json")]
    held = [part["facts"][KEY] for part in parts if KEY in (part.get("facts") or {})]
    assert held
    assert all((one["value"], one["unit"]) == (fact.value, fact.unit) for one in held)
