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

# Two workers for two cores; tests that share what is costly to make stay with one worker (tests/conftest.py).
echo "== Python: regels, databases, migraties, browser"
.venv/bin/pytest -q -n "${TEST_PROCESSEN:-2}" --dist loadscope --no-loadscope-reorder --durations=15 tests

echo "Alles geslaagd in $((SECONDS - begin)) s."
