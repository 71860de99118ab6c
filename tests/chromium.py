"""Find a Chromium for the browser tests, or install Debian's where that is possible: `python tests/chromium.py`.

Never a download of a browser build: where there is none and no Debian package, the command fails and says what to do.
"""

import os
import shutil
import subprocess
import sys

_NAMES = ("chromium", "chromium-browser", "google-chrome", "chrome")
FLAGS = (
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)


def find_chromium() -> str | None:
    """The path of a Chromium: DEID_CHROMIUM, or one on the path."""
    named = os.environ.get("DEID_CHROMIUM")
    return named or next((path for name in _NAMES if (path := shutil.which(name))), None)


def install_chromium() -> None:
    if not shutil.which("apt-get") or os.geteuid() != 0:
        sys.exit("The browser tests need Chromium: install it (Debian: apt-get install chromium) or set DEID_CHROMIUM.")
    environment = os.environ | {"DEBIAN_FRONTEND": "noninteractive"}
    for command in (["apt-get", "update", "-qq"], ["apt-get", "install", "-y", "-qq", "chromium"]):
        subprocess.run(command, check=True, env=environment, stdout=subprocess.DEVNULL)


if __name__ == "__main__":
    if find_chromium() is None:
        print("Installing Debian's chromium for the browser tests ...", file=sys.stderr)
        install_chromium()
    if find_chromium() is None:
        sys.exit("There is still no Chromium.")
