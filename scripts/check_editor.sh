#!/usr/bin/env bash
# The committed editor bundle, schema and recorded steps are what the sources make.
set -euo pipefail
cd "$(dirname "$0")/../editor"
if ! command -v npm >/dev/null; then
  [ -z "${CI:-}" ] || { echo "Node.js tidak ada: bundel editor tidak dapat diperiksa." >&2; exit 1; }
  echo "Node.js tidak ada: pemeriksaan bundel editor dilewati."
  exit 0
fi
[ -d node_modules ] || npm ci --silent >/dev/null 2>&1
out=$(mktemp -d)
trap 'rm -rf "$out"' EXIT
node build.mjs "$out" >/dev/null
node export-schema.mjs "$out/schema.json"
for name in editor.js paste.js facts.js comments.js suggest.js schema.json; do
  cmp -s "$out/$name" "../static/editor/$name" || { echo "static/editor/$name basi: jalankan make editor." >&2; exit 1; }
done
node fuzz.mjs --check ../tests/masterplan/prose/fuzz.json.gz
