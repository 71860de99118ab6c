#!/usr/bin/env bash
# What the GitHub Action runs. Inputs come as variables and never as text of this script, so that no branch name is code.
set -uo pipefail
DEID_BASE="${DEID_BASE:-}"
here="$(cd "$(dirname "$0")" && pwd)"
# A first push has no commit before it, and after a forced one it is gone: then everything is looked at.
range=(--history)
if [ -n "${DEID_BASE//0/}" ] && git cat-file -e "$DEID_BASE^{commit}" 2>/dev/null; then
  range=(--diff "$DEID_BASE" --messages)
fi
[ "${DEID_REQUIRE_RELEASE:-}" = "true" ] && range+=(--require-release)
if [ -n "${DEID_SARIF:-}" ]; then
  "${DEID_PYTHON:-python3}" "$here/check.py" "${range[@]}" --format sarif --out "$DEID_SARIF" >/dev/null 2>&1 || true
fi
exec "${DEID_PYTHON:-python3}" "$here/check.py" "${range[@]}" --format github
