"""The host configurations of the guide, as they are written, in each server that is installed."""

import re
import shutil
import socket
import subprocess
import time
import urllib.request
from collections.abc import Iterator
from email.message import Message
from pathlib import Path

import pytest

from macros.site.security_policy import PAGE_HEADER, WORKER_HEADER
from tests.serving import ROOT, Site

GUIDE = (ROOT / "docs/hosting.md").read_text(encoding="utf-8")
SNIPPETS = dict(re.findall(r"```(nginx|apache|caddy)\n(.*?)```", GUIDE, re.DOTALL))
PROGRAMS = {"nginx": "nginx", "apache": "apache2", "caddy": "caddy"}
INSTALLED = sorted(name for name, program in PROGRAMS.items() if shutil.which(program))
MODULES = ("mpm_event", "authz_core", "mime", "headers", "deflate", "filter", "dir")


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def configuration(name: str, folder: Path, root: Path, port: int) -> list[str]:
    """Write the server's configuration around the guide's lines; returns the command."""
    lines, file = SNIPPETS[name], folder / "server.conf"
    if name == "nginx":
        temporary = "".join(
            f"{kind}_temp_path {folder}/{kind};"
            for kind in ("client_body", "proxy", "fastcgi", "uwsgi", "scgi")
        )
        server = f"server {{ listen 127.0.0.1:{port}; root {root};\n{lines}\n}}"
        file.write_text(
            f"daemon off; pid {folder}/pid; error_log {folder}/error.log; events {{}}\n"
            f"http {{ access_log off; {temporary} {server} }}\n"
        )
        return ["nginx", "-c", str(file), "-e", str(folder / "error.log")]
    if name == "apache":
        modules = "\n".join(
            f"LoadModule {m}_module /usr/lib/apache2/modules/mod_{m}.so" for m in MODULES
        )
        file.write_text(
            f"ServerName localhost\nListen 127.0.0.1:{port}\n{modules}\nPidFile {folder}/pid\n"
            f"ErrorLog {folder}/error.log\nTypesConfig /etc/mime.types\nDocumentRoot {root}\n"
            f"User www-data\nGroup www-data\n<Directory {root}>\nRequire all granted\n</Directory>\n{lines}\n"
        )
        return ["apache2", "-f", str(file), "-D", "FOREGROUND"]
    address = f"http://127.0.0.1:{port}"
    text = lines.replace("guide.example", address).replace("/srv/site", str(root))
    file.write_text(f"{{\n admin off\n auto_https off\n}}\n{text}")
    return ["caddy", "run", "--config", str(file), "--adapter", "caddyfile"]


@pytest.fixture(scope="module", params=INSTALLED)
def server(
    request: pytest.FixtureRequest, site: Site, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[str]:
    """A server's address; the site is at its root and below ``/guide/``."""
    folder = tmp_path_factory.mktemp("server")
    root = folder / "root"
    shutil.copytree(site.folder, root)
    shutil.copytree(site.folder / "assets/checker", root / "guide/assets/checker")
    for parent in (root, root / "guide", folder, *folder.parents):
        if parent.is_relative_to("/tmp") and parent != Path("/tmp"):  # noqa: S108
            parent.chmod(0o755)
    port = free_port()
    command = configuration(request.param, folder, root, port)
    with (folder / "output").open("w") as output:
        running = subprocess.Popen(command, stdout=output, stderr=output, cwd=folder)
    try:
        address = f"http://127.0.0.1:{port}"
        for _ in range(100):
            if running.poll() is not None:
                raise AssertionError((folder / "output").read_text()[-2000:])
            try:
                urllib.request.urlopen(f"{address}/index.html").close()
                break
            except OSError:
                time.sleep(0.1)
        yield address
    finally:
        running.terminate()
        running.wait(10)


def headers(address: str) -> Message:
    request = urllib.request.Request(address, headers={"Accept-Encoding": "gzip"})
    with urllib.request.urlopen(request) as answer:
        return answer.headers


def test_a_page_has_its_headers_and_is_compressed(server: str) -> None:
    found = headers(f"{server}/index.html")
    assert found["Content-Security-Policy"] == PAGE_HEADER
    assert found["X-Content-Type-Options"] == "nosniff"
    assert found["Content-Encoding"] == "gzip"


@pytest.mark.parametrize("path", ["/", "/guide/"])
def test_the_worker_has_its_own_policy_also_below_a_path(server: str, path: str) -> None:
    found = headers(f"{server}{path}assets/checker/worker.js")
    assert found["Content-Security-Policy"] == WORKER_HEADER
    assert "javascript" in found["Content-Type"]


def test_the_runtime_is_kept_for_good_and_compressed(server: str, site: Site) -> None:
    (file,) = (site.folder / "assets/runtime").glob("pyodide-*/pyodide.asm.wasm")
    found = headers(f"{server}/{file.relative_to(site.folder)}")
    assert "immutable" in found["Cache-Control"]
    assert found["Content-Type"] == "application/wasm"
    assert found["Content-Encoding"] == "gzip"


def test_every_server_of_the_guide_has_lines() -> None:
    assert set(SNIPPETS) == set(PROGRAMS)
