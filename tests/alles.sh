#!/usr/bin/env bash
# Every test, after `make test` has set everything up: screens (Node), then Python on both databases and the browser.
# A missing browser or database is an error of its own, never a skipped test.
set -euo pipefail
cd "$(dirname "$0")/.."
begin=$SECONDS

command -v chromium >/dev/null || command -v google-chrome >/dev/null || { echo "Geen Chromium gevonden." >&2; exit 1; }
compgen -G '/usr/lib/postgresql/*/bin/initdb' >/dev/null || { echo "Geen PostgreSQL-server gevonden." >&2; exit 1; }

echo "== Schermen (Node)"
(cd static && TEST_VERSLAG=dot npm test --silent)

# What the tests write is thrown away; in memory no commit waits for a disk.
if [ -w /dev/shm ] && [ "$(df --output=avail -k /dev/shm | tail -1)" -gt 6000000 ]; then
  TMPDIR="$(mktemp -d /dev/shm/inspecties-test.XXXXXX)"
  export TMPDIR
  chmod 711 "$TMPDIR"  # the database server runs as another user
  trap 'rm -rf "$TMPDIR"' EXIT
fi

# Two workers for two cores; tests that share what is costly to make stay with one worker (tests/conftest.py).
echo "== Python: regels, databases, migraties, browser"
.venv/bin/pytest -q -n "${TEST_PROCESSEN:-2}" --dist loadscope --no-loadscope-reorder --durations=15 tests

echo "Alles geslaagd in $((SECONDS - begin)) s."
