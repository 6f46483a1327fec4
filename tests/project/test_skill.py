"""The skill for agents: short, with the front matter that they read, and commands that work."""

import re
import shlex

import pytest
import yaml

from checker import cli as command
from macros.files import ROOT
from tests import support

FILE = ROOT / "skills/sagemaker-decisions/SKILL.md"
TEXT = FILE.read_text(encoding="utf-8")
COMMANDS = re.findall(r"^ *sagemaker-checker (.+)$", TEXT, re.MULTILINE)


def test_the_front_matter_names_the_skill_and_says_when_to_use_it() -> None:
    head = yaml.safe_load(TEXT.split("---")[1])
    assert head["name"] == FILE.parent.name
    assert "Use when" in head["description"]
    assert len(head["description"]) <= 1024
    assert len(TEXT.splitlines()) < 150


@pytest.mark.parametrize("line", COMMANDS)
def test_each_command_of_the_skill_is_answered(
    line: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(command, "bundled_knowledge", support.known)
    assert command.main(shlex.split(line)) in (0, 1)
    said = capsys.readouterr()
    assert said.out != ""
    assert said.err == ""


def test_the_skill_shows_each_command_that_agents_need() -> None:
    shown = {line.split()[0] for line in COMMANDS}
    assert shown == {"options", "decide", "ask", "explain", "start", "cost"}
