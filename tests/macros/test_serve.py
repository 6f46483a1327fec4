"""The preview: a port that is free, and pages that stay while the YAML has problems."""

import socket
import subprocess
from pathlib import Path
from types import SimpleNamespace

import pytest

from checker.problems import Problem
from macros import registry
from macros.knowledge.reading import KnowledgeError
from macros.site import serve as module
from macros.site.serve import SERVING, forget_built, last_good


def broken() -> str:
    raise KnowledgeError([Problem("K001", "docs/data/knowledge.yml:7", "not YAML", "close it")])


def test_a_busy_port_is_reported_and_the_next_one_is_used(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    ran: list[list[str]] = []
    done = SimpleNamespace(returncode=0)
    monkeypatch.setattr(subprocess, "run", lambda command, **_: ran.append(command) or done)
    with socket.socket() as busy:
        busy.bind(("127.0.0.1", 0))
        busy.listen()
        port = busy.getsockname()[1]
        assert module.serve(port) == 0
    assert f"port {port} is in use" in capsys.readouterr().out
    assert int(ran[0][-1].rpartition(":")[2]) > port


def test_an_interrupt_ends_quietly(monkeypatch: pytest.MonkeyPatch) -> None:
    def interrupted(*_: object, **__: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(subprocess, "run", interrupted)
    assert module.serve(0) == 0


def test_while_a_person_edits_the_last_good_state_stays_with_the_problems(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv(SERVING, "1")
    made, problems = last_good(broken, "before")
    assert made == "before"
    assert "docs/data/knowledge.yml:7 K001 not YAML (close it)" in problems
    assert last_good(lambda: "now", "before") == ("now", "")
    with pytest.raises(KnowledgeError):
        last_good(broken, None)


def test_a_build_never_goes_on_with_an_old_state(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv(SERVING, raising=False)
    with pytest.raises(KnowledgeError):
        last_good(broken, "before")


def test_pages_are_built_anew_in_a_preview_only(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    page = tmp_path / "index.html"
    page.touch()
    monkeypatch.delenv(SERVING, raising=False)
    forget_built(tmp_path)
    assert page.stat().st_mtime > 0
    monkeypatch.setenv(SERVING, "1")
    forget_built(tmp_path)
    assert page.stat().st_mtime == 0


def test_a_preview_works_no_verdicts_out_for_links(monkeypatch: pytest.MonkeyPatch) -> None:
    made = frozenset({"inference-1"})
    monkeypatch.setattr(registry, "write_known_verdicts", lambda *_: made)
    monkeypatch.delenv(SERVING, raising=False)
    assert registry._verdicts(None, {}) == made  # type: ignore[arg-type]
    monkeypatch.setenv(SERVING, "1")
    assert registry._verdicts(None, {}) == frozenset()  # type: ignore[arg-type]
