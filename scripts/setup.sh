#!/usr/bin/env bash
# Prepares this folder: system libraries, Python >= 3.13, locked packages in .venv. Safe to repeat; quick when nothing is missing.
# Usage: scripts/setup.sh [--with-tests]   (--with-tests also brings Chromium and the PDF tools that the tests look with)
set -euo pipefail
cd "$(dirname "$0")/.."

say() { printf '%s\n' "$*" >&2; }

packages=()
need() { # need TEST PACKAGE: remember PACKAGE when TEST fails
  if ! eval "$1" >/dev/null 2>&1; then packages+=("$2"); fi
}
has_library() { ldconfig -p 2>/dev/null | grep -q "$1" || find /usr/lib /lib -name "$1*" 2>/dev/null | grep -q .; }

need 'has_library libpango-1.0.so.0' libpango-1.0-0
need 'has_library libpangoft2-1.0.so.0' libpangoft2-1.0-0
need 'has_library libharfbuzz-subset.so.0' libharfbuzz-subset0
need 'command -v python3' python3
need 'python3 -c "import ensurepip"' python3-venv
if [ "${1:-}" = --with-tests ]; then
  # The shell without windows takes a fifth less processor than the whole browser, where the system has it.
  browser=chromium
  ! apt-cache show chromium-headless-shell >/dev/null 2>&1 || browser=chromium-headless-shell
  need "command -v $browser || command -v google-chrome" "$browser"
  need 'command -v pdftotext' poppler-utils
fi

if [ "${#packages[@]}" -gt 0 ]; then
  install="apt-get install -y --no-install-recommends ${packages[*]} "
  if ! command -v apt-get >/dev/null; then
    say "Pustaka sistem belum ada: pasang ${packages[*]} dengan pengelola paket Anda, lalu ulangi."
    exit 1
  elif [ "$(id -u)" = 0 ]; then sudo=""
  elif sudo -n true 2>/dev/null; then sudo="sudo"
  else
    say "Pustaka sistem belum ada; jalankan: sudo apt-get update && sudo $install"
    exit 1
  fi
  say "Memasang pustaka sistem: ${packages[*]}"
  $sudo apt-get update -qq
  # A new machine knows only now what it can have.
  ! apt-cache show chromium-headless-shell >/dev/null 2>&1 || install=${install/ chromium / chromium-headless-shell }
  DEBIAN_FRONTEND=noninteractive $sudo $install -qq >/dev/null
fi

stamp=$(cat requirements/dev.txt scripts/setup.sh | sha256sum | cut -d' ' -f1)
if [ -x .venv/bin/python ] && [ "$(cat .venv/stamp 2>/dev/null)" = "$stamp" ] && .venv/bin/python -c 'import django' 2>/dev/null; then
  exit 0
fi

uv=$(scripts/uv.sh)

# An interpreter may hide behind pyenv, whose shims obey .python-version; otherwise uv brings one.
python=$("$uv" python find '>=3.13' 2>/dev/null || true)
for candidate in "$(command -v pyenv >/dev/null && pyenv root)"/versions/3.1[3-9]*/bin/python; do
  [ -n "$python" ] || [ ! -x "$candidate" ] || python=$candidate
done
if [ -z "$python" ] && ! "$uv" python install --quiet 3.13; then
  say "Python 3.13 atau lebih baru tidak ditemukan dan tidak dapat diunduh; pasang dahulu, lalu ulangi."
  exit 1
fi

say "Menyiapkan .venv"
"$uv" venv --quiet --allow-existing --python "${python:-3.13}" .venv
"$uv" pip sync --quiet --python .venv/bin/python --require-hashes --compile-bytecode requirements/dev.txt
echo "$stamp" > .venv/stamp
