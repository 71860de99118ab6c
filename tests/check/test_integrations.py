"""The hook, the Action's script and the GitLab template, run; with the packages of this environment, not fresh ones."""

import importlib.util
import json
import os
import shutil
import subprocess
import sys
from pathlib import Path
from types import ModuleType

import pytest

from tests.check import invented

HOME = Path(__file__).parents[2]
# Beside this Python first: an environment that is not activated is not on the path.
PRE_COMMIT = shutil.which("pre-commit", path=os.pathsep.join((str(Path(sys.executable).parent), os.environ["PATH"])))
LEAK = "ring 07700 900123\n"
pytestmark = pytest.mark.skipif(os.name == "nt", reason="the stand-in for the environment is a shell script")


@pytest.fixture
def environment(tmp_path: Path) -> dict[str, str]:
    """A cache with an environment that is whole already: this one."""
    program = _check_script(tmp_path / "cache").environment
    folder = _folder_of(tmp_path / "cache")
    (folder / "bin").mkdir(parents=True)
    (folder / "bin" / "python").write_text(f'#!/bin/sh\nexec "{sys.executable}" "$@"\n', encoding="utf-8")
    (folder / "bin" / "python").chmod(0o755)
    (folder / "whole").touch()
    assert callable(program)
    inherited = {name: value for name, value in os.environ.items() if not name.startswith(("GIT_", "PRE_COMMIT"))}
    who = {
        f"GIT_{role}_{what}": "dev@northfield.example" for role in ("AUTHOR", "COMMITTER") for what in ("NAME", "EMAIL")
    }
    return {
        **inherited, **who, "DEID_CHECK_CACHE": str(tmp_path / "cache"), "DEID_PYTHON": sys.executable,
        "GIT_CONFIG_GLOBAL": os.devnull, "PRE_COMMIT_HOME": str(tmp_path / "pre-commit"),
    }  # fmt: skip


def _check_script(cache: Path) -> ModuleType:
    spec = importlib.util.spec_from_file_location("integrations_check", HOME / "integrations" / "check.py")
    assert spec and spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def _folder_of(cache: Path) -> Path:
    os.environ["DEID_CHECK_CACHE"] = str(cache)
    try:
        module = _check_script(cache)
        made: list[Path] = []
        module.make = lambda folder, program: made.append(folder)
        module.environment()
        return made[0]
    finally:
        del os.environ["DEID_CHECK_CACHE"]


@pytest.fixture
def repository(tmp_path: Path) -> Path:
    folder = invented.repository(tmp_path / "repository")
    invented.commit(folder, "start", {"a.txt": "x\n"})
    return folder


def run(folder: Path, environment: dict[str, str], *command: str, **more: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        list(command), cwd=folder, env={**environment, **more}, capture_output=True, text=True, encoding="utf-8",
        check=False, stdin=subprocess.DEVNULL,
    )  # fmt: skip


def test_the_actions_script(repository: Path, environment: dict[str, str]) -> None:
    base = invented.git(repository, "rev-parse", "HEAD").strip()
    script = str(HOME / "integrations" / "action.sh")
    clean = run(repository, environment, script, DEID_BASE=base, DEID_CHECK_KEY=invented.KEY.hex())
    assert clean.returncode == 0, clean.stderr
    invented.commit(repository, "leak", {"b.txt": LEAK})
    sarif = repository.parent / "found.sarif"
    found = run(
        repository, environment, script, DEID_BASE=base, DEID_CHECK_KEY=invented.KEY.hex(), DEID_SARIF=str(sarif)
    )
    assert found.returncode == 1 and found.stdout.startswith("::error file=b.txt,line=1,col=6")
    assert len(json.loads(sarif.read_text(encoding="utf-8"))["runs"][0]["results"]) == 1
    fork = run(repository, environment, script, DEID_BASE=base, DEID_CHECK_KEY="")
    assert fork.returncode == 3 and "a maintainer runs" in fork.stderr and "b.txt" in fork.stdout
    for absent in ("0" * 40, "1" * 40, ""):
        whole = run(repository, environment, script, DEID_BASE=absent, DEID_CHECK_KEY=invented.KEY.hex())
        assert whole.returncode == 1, "a first or forced push has no base: everything is looked at"


def test_the_gitlab_template(repository: Path, environment: dict[str, str]) -> None:
    """Its script's lines, with the checkout in place of the clone."""
    lines = (
        (HOME / "integrations" / "gitlab.yml")
        .read_text(encoding="utf-8")
        .split("  script:\n")[1]
        .split("  artifacts:")[0]
    )
    steps = [line.strip()[2:] for line in lines.splitlines() if line.strip().startswith("- ")]
    script = "\n".join(steps).replace("python /opt/deid", f'"{sys.executable}" "{HOME}"')
    base = invented.git(repository, "rev-parse", "HEAD").strip()
    invented.commit(repository, "leak", {"b.txt": LEAK})
    done = run(
        repository, environment, "sh", "-ec", script, CI_COMMIT_BEFORE_SHA=base, DEID_CHECK_KEY=invented.KEY.hex()
    )
    assert done.returncode == 1, done.stderr
    issues = json.loads((repository / "gl-code-quality-report.json").read_text(encoding="utf-8"))
    assert [one["location"]["path"] for one in issues] == ["b.txt"]


def test_git_gives_its_push_to_the_check(repository: Path, environment: dict[str, str], tmp_path: Path) -> None:
    invented.git(tmp_path, "init", "-q", "--bare", "remote.git")
    invented.git(repository, "remote", "add", "origin", str(tmp_path / "remote.git"))
    hook = repository / ".git" / "hooks" / "pre-push"
    hook.parent.mkdir(exist_ok=True)
    hook.write_text(f'#!/bin/sh\nexec "{sys.executable}" "{HOME}/integrations/check.py" --push\n', encoding="utf-8")
    hook.chmod(0o755)
    key = {"DEID_CHECK_KEY": invented.KEY.hex()}
    assert run(repository, environment, "git", "push", "-q", "origin", "HEAD:main", **key).returncode == 0
    invented.commit(repository, "leak", {"b.txt": LEAK})
    invented.git(repository, "rm", "-q", "b.txt")
    invented.commit(repository, "gone again")
    pushed = run(repository, environment, "git", "push", "-q", "origin", "HEAD:main", **key)
    assert pushed.returncode != 0 and "b.txt:1:6: phone" in pushed.stdout + pushed.stderr


def test_a_pushed_tag_and_a_branch_that_is_not_checked_out(
    repository: Path, environment: dict[str, str], tmp_path: Path
) -> None:
    invented.git(tmp_path, "init", "-q", "--bare", "remote.git")
    invented.git(repository, "remote", "add", "origin", str(tmp_path / "remote.git"))
    invented.git(repository, "push", "-q", "origin", "HEAD:main")
    invented.git(repository, "tag", "-a", "v1", "-m", "as Marianne Thackwray said")
    tag = invented.git(repository, "rev-parse", "v1").strip()
    check = [sys.executable, str(HOME / "integrations" / "check.py"), "--push"]
    watched = {**environment, "DEID_CHECK_KEY": invented.KEY.hex()}

    def push(line: str, **more: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            check, cwd=repository, env={**watched, **more}, input=line, capture_output=True, encoding="utf-8",
            check=False,
        )  # fmt: skip

    said = push(f"refs/tags/v1 {tag} refs/tags/v1 {'0' * 40}\n")
    assert said.returncode == 1 and "tag message" not in said.stderr and f"tag {tag[:12]}" in said.stdout
    invented.git(repository, "tag", "-d", "v1")
    head = invented.git(repository, "rev-parse", "HEAD").strip()
    named = push(f"refs/heads/main {head} refs/heads/for-Marianne-Thackwray {'0' * 40}\n")
    assert named.returncode == 1 and "for-███" in named.stdout and "Thackwray" not in named.stdout + named.stderr
    invented.git(repository, "checkout", "-q", "-b", "side")
    invented.commit(repository, "leak", {"b.txt": LEAK})
    invented.git(repository, "checkout", "-q", "main")
    assert push("", PRE_COMMIT="1").returncode == 1, "pre-commit says nothing of the other branches that go up"
    assert push(f"refs/heads/main {head} refs/heads/main {head}\n").returncode == 0


@pytest.mark.skipif(PRE_COMMIT is None, reason="pre-commit is not installed")
def test_pre_commit(repository: Path, environment: dict[str, str], tmp_path: Path) -> None:
    hooks = tmp_path / "hooks"
    shutil.copytree(
        HOME,
        hooks,
        ignore=shutil.ignore_patterns(".git", ".*_cache", ".hypothesis", "tests", "examples", "docs", "__pycache__"),
    )
    invented.git(hooks, "init", "-q")
    invented.commit(hooks, "hooks")
    config = f"repos:\n  - repo: {hooks}\n    rev: HEAD\n    hooks: [{{id: deid-check}}, {{id: deid-check-message}}]\n"
    config = config.replace("rev: HEAD", f"rev: {invented.git(hooks, 'rev-parse', 'HEAD').strip()}")
    invented.commit(repository, "hooks", {".pre-commit-config.yaml": config})
    key = {"DEID_CHECK_KEY": invented.KEY.hex()}
    installed = run(repository, environment, str(PRE_COMMIT), "install", "-t", "pre-commit", "-t", "commit-msg")
    assert installed.returncode == 0, installed.stderr
    (repository / "b.txt").write_text(LEAK, encoding="utf-8")
    run(repository, environment, "git", "add", "b.txt")
    (repository / "b.txt").write_text("clean in the work tree\n", encoding="utf-8")
    refused = run(repository, environment, "git", "commit", "-m", "leak", **key)
    assert refused.returncode == 1 and "b.txt:1:6: phone" in refused.stderr + refused.stdout
    run(repository, environment, "git", "add", "b.txt")
    message = run(repository, environment, "git", "commit", "-m", "as Marianne Thackwray said", **key)
    assert message.returncode == 1 and "Thackwray" not in message.stderr + message.stdout
    assert run(repository, environment, "git", "commit", "-m", "clean", **key).returncode == 0


def test_the_python_call(repository: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from deid.check import check_paths

    monkeypatch.chdir(repository)
    monkeypatch.setenv("DEID_CHECK_KEY", invented.KEY.hex())
    assert check_paths(["a.txt"]).exit_code == 0
    (repository / "a.txt").write_text(LEAK, encoding="utf-8")
    assert [one.kind for one in check_paths(["a.txt"]).findings] == ["phone"]
