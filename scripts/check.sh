#!/usr/bin/env bash
# Everything that can be checked without running the product.
set -euo pipefail
cd "$(dirname "$0")/.."
bin=.venv/bin
step() { printf -- '— %s\n' "$*"; "$@"; }

step $bin/ruff format --check --quiet .
step $bin/ruff check --quiet .
step $bin/lint-imports --no-cache
export SECRET_KEY=check-only-$(head -c 48 /dev/zero | tr '\0' 'k') DATABASE_URL=postgres://nobody@127.0.0.1:1/none
step $bin/mypy
step $bin/python -W ignore::RuntimeWarning manage.py makemigrations --check --dry-run # no server is needed to compare
step $bin/djlint templates --lint --quiet
step env PRODUCTION=1 ALLOWED_HOSTS=masterplan.example $bin/python manage.py check --deploy --fail-level WARNING
step $bin/bandit -q -r smartcity masterplan quickwin bimtek export scripts -c pyproject.toml
step scripts/check_editor.sh
