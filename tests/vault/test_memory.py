"""No image of a crashed process."""

import subprocess
import sys

import pytest


@pytest.mark.skipif(sys.platform == "win32", reason="there are no such limits")
def test_core_dumps_are_forbidden_in_a_process_of_its_own() -> None:
    code = (
        "import resource; from deid.vault.memory import forbid_core_dumps; forbid_core_dumps();"
        "print(resource.getrlimit(resource.RLIMIT_CORE))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "(0, 0)"
