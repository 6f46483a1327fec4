"""The page, the command line and the browser's data state the same numbers: there is one."""

import json
import zipfile

from checker.cli import main
from checker.knowledge.model import Knowledge
from checker.units import format_measure
from tests.serving import Site


def test_the_table_the_command_line_and_the_browsers_data_agree(
    site: Site, knowledge: Knowledge, capsys
) -> None:  # type: ignore[no-untyped-def]
    fact = knowledge.facts["serverless.max_payload"]
    shown = format_measure(fact.value, fact.unit)
    assert shown.replace(" ", "\u00a0") in site.page("inference")
    main(["decide", "inference", f"payload={fact.value * 2}MB"])
    assert shown in capsys.readouterr().out
    wheel = next((site.folder / "assets/runtime").rglob("*.whl"))
    with zipfile.ZipFile(wheel) as opened:
        data = json.loads(opened.read("checker/knowledge.json"))
    assert data["facts"]["serverless.max_payload"]["value"] == fact.value
