"""The MCP server, through the SDK's own client over standard input and output."""

import asyncio
import json
import sys
import time
from collections.abc import Awaitable, Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from mcp import Client, MCPError, StdioServerParameters

from checker import cli as command
from checker.cli import about, mcp
from macros.files import ROOT
from macros.knowledge.reading import knowledge_json
from tests import support

type Json = dict[str, Any]

SERVER = StdioServerParameters(command=sys.executable, args=["-m", "checker", "mcp"], cwd=str(ROOT))


@pytest.fixture(scope="module", autouse=True)
def _built() -> None:
    """The server is a separate process, so it reads the knowledge that was built."""
    if not (ROOT / "checker/knowledge.json").is_file():
        (ROOT / "checker/knowledge.json").write_bytes(knowledge_json(support.known()))


def with_client(steps: Callable[[Client], Awaitable[Any]]) -> Any:
    """Start the server, do the steps, stop it."""

    async def run() -> Any:
        async with Client(SERVER, read_timeout_seconds=60) as client:
            return await steps(client)

    # In a separate thread: a browser that ran before keeps an event loop in this one.
    with ThreadPoolExecutor(1) as thread:
        return thread.submit(lambda: asyncio.run(run())).result()


async def told(client: Client, tool: str, **arguments: Any) -> Json:
    """What a tool answers, and the same as its text."""
    result = await client.call_tool(tool, arguments)
    assert not result.is_error, result.content
    answer: Json = result.structured_content
    assert json.loads(result.content[0].text) == answer
    return answer


def test_four_tools_that_only_read_are_described_in_a_sentence_each() -> None:
    tools = with_client(lambda client: client.list_tools()).tools
    assert [tool.name for tool in tools] == ["decide", "read_text", "explain", "check_config"]
    for tool in tools:
        assert tool.annotations.read_only_hint
        assert tool.annotations.destructive_hint is False
        assert tool.description.count(". ") == 0
        assert tool.description.endswith(".")
    # A token is about four characters.
    assert sum(len(tool.description) for tool in tools) < 4 * 400


async def _one_call_of_each(client: Client) -> list[Json]:
    config = json.dumps({"CreateEndpointConfig": FAULTY})
    return [
        await told(client, "decide", decision="inference", answers={"payload": "6 MB"}),
        await told(client, "read_text", text=TEXT),
        await told(client, "explain", name="serverless.max_payload"),
        await told(client, "check_config", text=config, name="endpoint.json"),
    ]


TEXT = "3.5 MB payload, 45 s, a few requests a day"
FAULTY = {
    "EndpointConfigName": "one",
    "ProductionVariants": [
        {
            "VariantName": "main",
            "ModelName": "one",
            "ServerlessConfig": {"MemorySizeInMB": 5000, "MaxConcurrency": 5},
        }
    ],
}


def test_each_answer_is_the_command_lines_and_says_where_it_is_from() -> None:
    start = time.monotonic()
    answers = with_client(_one_call_of_each)
    for answer in answers:
        assert answer["version"] == about.version()
        assert answer["link"].startswith(about.SITE)
        assert answer["checked"] <= about.newest_check()
    verdict, reading, fact, report = answers
    wanted = support.session().decide(["inference"], {"payload": "6 MB"})["verdicts"]["inference"]
    assert verdict["verdict"] == json.loads(json.dumps(wanted))
    assert verdict["link"] == f"{about.SITE}check/inference/?payload=6+MB"
    assert (
        reading["recommend"]
        == support.session().ask("3.5 MB payload, 45 s, a few requests a day")["recommend"]
    )
    assert fact["entry"]["value"] == support.known().facts["serverless.max_payload"].value
    assert fact["entry"]["sources"][0]["url"].startswith("https://")
    assert report["state"] == "problems"
    assert "MemorySizeInMB" in json.dumps(report["problems"])
    assert time.monotonic() - start < 30


async def _bad_calls(client: Client) -> list[Any]:
    found: list[Any] = [
        await told(client, "decide", decision="inferense", answers={}),
        await told(client, "decide", decision="inference", answers={"paylod": "1 MB"}),
        await told(client, "explain", name="serverless.max_paylod"),
        await told(client, "read_text", text=""),
        await told(client, "check_config", text="\0" * 10),
    ]
    for tool, arguments in MALFORMED:
        try:
            found.append(await client.call_tool(tool, arguments))
        except MCPError as error:
            found.append(error)
    # Nothing of it ended the server.
    found.append(await told(client, "explain", name="INF001"))
    return found


MALFORMED: list[tuple[str, Any]] = [
    ("decide", {}),
    ("decide", {"decision": 5, "answers": "payload"}),
    ("check_config", {"text": {"a": 1}}),
    ("explain", {"name": None}),
    ("nothing", {}),
]


def test_bad_calls_are_answered_with_a_remedy_and_end_nothing() -> None:
    decision, field, name, text, config, *malformed, last = with_client(_bad_calls)
    assert decision["problems"][0]["hint"] == "did you mean inference?"
    assert field["problems"][0]["where"] == "paylod"
    assert name["problems"][0]["hint"] == "did you mean serverless.max_payload?"
    assert text["problems"] or text["state"] == "out-of-scope"
    assert config["state"] == "unreadable"
    assert [isinstance(e, MCPError) or e.is_error for e in malformed] == [True] * len(MALFORMED)
    assert "Traceback" not in str([getattr(error, "content", error) for error in malformed])
    assert last["entry"]["rule"] == "INF001"


def test_without_the_extra_it_says_what_to_install(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(command, "bundled_knowledge", support.known)
    monkeypatch.setitem(sys.modules, "mcp.server", None)
    assert command.main(["mcp"]) == 2
    assert 'pip install "sagemaker-checker[mcp]"' in capsys.readouterr().err


@pytest.mark.parametrize("name", ["serverless-inference", "canary", "inference", "INF001"])
def test_the_page_of_an_entry_exists(name: str) -> None:
    path = mcp.page_of(support.known(), name)
    places = (ROOT / "docs" / f"{path.strip('/')}.md", ROOT / "docs" / path / "index.md")
    assert any(place.is_file() for place in places)


def test_the_site_is_the_one_that_the_configuration_names() -> None:
    assert about.SITE in (ROOT / "mkdocs.yml").read_text(encoding="utf-8")
