"""A headless Chromium, and axe-core where it can be had; for the tests marked `browser`."""

import os
import shutil
import subprocess
import tarfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

FLAGS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
)


@contextmanager
def open_page(**options: Any) -> Iterator[Any]:
    """A page in the system's Chromium; whatever it tries to load from a network fails."""
    api = pytest.importorskip("playwright.sync_api")
    chromium = os.environ.get("DEID_CHROMIUM") or shutil.which("chromium") or shutil.which("google-chrome")
    if not chromium:
        pytest.skip("there is no Chromium; name one in DEID_CHROMIUM")
    with api.sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=list(FLAGS))
        page = browser.new_context(offline=True, **options).new_page()
        errors: list[str] = []
        page.on("pageerror", lambda error: errors.append(str(error)))
        page.on("console", lambda message: errors.append(message.text) if message.type == "error" else None)
        yield page
        browser.close()
    assert not errors, errors


def axe_source(folder: Path) -> str:
    """axe-core's script: the file in DEID_AXE, or the npm package. Skips the test where neither can be had."""
    if given := os.environ.get("DEID_AXE"):
        return Path(given).read_text(encoding="utf-8")
    npm = shutil.which("npm")
    if not npm:
        pytest.skip("there is no npm to get axe-core with; name its axe.min.js in DEID_AXE")
    packed = subprocess.run([npm, "pack", "axe-core@4"], cwd=folder, capture_output=True, text=True, timeout=120)
    if packed.returncode:
        pytest.skip("axe-core could not be had from npm; name its axe.min.js in DEID_AXE")
    with tarfile.open(next(folder.glob("axe-core-*.tgz"))) as archive:
        member = archive.extractfile("package/axe.min.js")
        assert member is not None
        return member.read().decode("utf-8")


def serious(page: Any, axe: str) -> list[str]:
    """What axe finds on the page that is serious or critical."""
    page.evaluate(axe)
    found = page.evaluate("axe.run(document, {resultTypes: ['violations']})")
    return [
        f"{rule['id']}: {node['target']}"
        for rule in found["violations"]
        if rule["impact"] in ("serious", "critical")
        for node in rule["nodes"]
    ]
