"""A command of the build whose reader has enough ends in a sentence."""

import subprocess
import sys

from macros.files import ROOT


def test_a_closed_output_is_told_and_is_no_success() -> None:
    command = f"{sys.executable} -m macros freshness | true"
    done = subprocess.run(
        ["bash", "-o", "pipefail", "-c", command], cwd=ROOT, capture_output=True, text=True
    )
    assert done.returncode == 1
    assert done.stderr == "macros: the output was closed before the command ended\n"
