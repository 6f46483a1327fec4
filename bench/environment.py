"""The bench's own environment below ``.cache/bench``: peers that the project itself never uses."""

import shutil
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
HOME = ROOT / ".cache/bench"
PYTHON_PEERS = ("zen-engine==2.1.3", "rule-engine==5.1.0")
BROWSER_PEERS = ("@pyscript/core@0.7.31", "lighthouse@13.5.0")


def python() -> Path:
    """A Python with the peers that are Python packages; made on first use."""
    folder = HOME / "venv"
    executable = folder / "bin/python"
    if not (folder / "made").is_file():
        subprocess.run([sys.executable, "-m", "venv", str(folder)], check=True)
        run(str(executable), "-m", "pip", "install", "--quiet", *PYTHON_PEERS)
        (folder / "made").touch()
    return executable


def npm_folder() -> Path:
    """``node_modules`` with the peers that are npm packages; made on first use."""
    folder = HOME / "npm"
    if not (folder / "made").is_file():
        folder.mkdir(parents=True, exist_ok=True)
        (folder / "package.json").write_text('{"private": true}\n', encoding="utf-8")
        npm = str(Path(sys.executable).parent / "npm")
        run(
            npm, "install", "--no-audit", "--no-fund", "--ignore-scripts", *BROWSER_PEERS, at=folder
        )
        (folder / "made").touch()
    return folder / "node_modules"


def fresh(name: str) -> Path:
    """An empty folder of the bench's own."""
    folder = HOME / name
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    return folder


def run(*command: str, at: Path = ROOT) -> str:
    """What a command printed. Raises RuntimeError with its last words where it fails."""
    done = subprocess.run(command, cwd=at, capture_output=True, text=True, check=False)
    if done.returncode:
        raise RuntimeError(f"{' '.join(command[:6])}: {(done.stdout + done.stderr)[-1500:]}")
    return done.stdout
