#!/usr/bin/env bash
# Prints the path of uv; where there is none, pip brings one into .tools first.
set -euo pipefail
cd "$(dirname "$0")/.."
if command -v uv; then exit 0; fi
[ -x .tools/bin/uv ] || { python3 -m venv .tools && .tools/bin/python -m pip install --quiet --disable-pip-version-check uv >&2; }
echo "$PWD/.tools/bin/uv"
