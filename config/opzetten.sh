#!/usr/bin/env bash
# Sets up everything that `make run` (part "basis") or `make test` (part "test") needs, from a bare Debian 12 or Ubuntu.
# Idempotent: a stamp with the hash of the inputs makes a second call take well under a second.
set -euo pipefail
cd "$(dirname "$0")/.."
deel="${1:-basis}"

meld() { printf '%s\n' "$*" >&2; }

python_kandidaat() {
  local p
  for p in "${INSPECTIES_PYTHON:-}" python3 python3.13 python3.12 python3.11 /usr/bin/python3; do
    [ -n "$p" ] && command -v "$p" >/dev/null 2>&1 || continue
    "$p" -c 'import sys, venv, ensurepip; sys.exit(sys.version_info < (3, 11))' 2>/dev/null && { command -v "$p"; return 0; }
  done
  return 1
}

node_goed() { command -v node >/dev/null 2>&1 && node -e 'process.exit(+process.versions.node.split(".")[0] >= 18 ? 0 : 1)' && command -v npm >/dev/null 2>&1; }

ontbrekende_pakketten() {
  local uit=()
  python_kandidaat >/dev/null || uit+=(python3 python3-venv)
  node_goed || uit+=(nodejs npm)
  command -v gcc >/dev/null 2>&1 || uit+=(gcc libc6-dev)
  [ -e /usr/include/sqlite3.h ] || uit+=(libsqlite3-dev)
  # pysqlite3 is compiled against the Python in use; its headers come with a hand-built Python, not with Debian's.
  local p; p="$(python_kandidaat || true)"
  if [ -z "$p" ] || ! "$p" -c 'import os,sys,sysconfig; sys.exit(not os.path.exists(os.path.join(sysconfig.get_path("include"), "Python.h")))'; then
    uit+=(python3-dev)
  fi
  compgen -G '/usr/lib/*/mod_spatialite.so' >/dev/null || uit+=(libsqlite3-mod-spatialite)
  [ -e /etc/ssl/certs/ca-certificates.crt ] || uit+=(ca-certificates)
  if [ "$deel" = test ]; then
    command -v chromium >/dev/null 2>&1 || command -v google-chrome >/dev/null 2>&1 || uit+=(chromium chromium-headless-shell)
    command -v ogrinfo >/dev/null 2>&1 || uit+=(gdal-bin)
    [ -d /usr/share/fonts/truetype/liberation ] || uit+=(fonts-liberation)
    local pg
    pg="$(ls -d /usr/lib/postgresql/*/bin 2>/dev/null | sort -V | tail -1 || true)"
    if [ -z "$pg" ] || ! compgen -G "/usr/share/postgresql/*/extension/postgis.control" >/dev/null; then
      uit+=(postgresql postgresql-postgis)
    fi
  fi
  [ ${#uit[@]} -eq 0 ] || printf '%s\n' "${uit[@]}"
}

installeer_pakketten() {
  local lijst=("$@") voor=()
  if [ "$(id -u)" -ne 0 ]; then
    if command -v sudo >/dev/null 2>&1 && sudo -n true 2>/dev/null; then voor=(sudo)
    elif command -v sudo >/dev/null 2>&1 && [ -t 0 ]; then voor=(sudo)
    else
      meld "Er ontbreken systeempakketten en u hebt hier geen rechten om ze te installeren."
      meld "Voer eerst uit:  sudo apt-get update && sudo apt-get install -y --no-install-recommends ${lijst[*]}"
      exit 1
    fi
  fi
  command -v apt-get >/dev/null 2>&1 || { meld "Geen apt-get gevonden. Installeer zelf: ${lijst[*]}"; exit 1; }
  meld "Systeempakketten installeren: ${lijst[*]}"
  "${voor[@]}" apt-get update -qq
  # Debian names the PostGIS package after the server's major version; ask which one the distribution has.
  local i
  for i in "${!lijst[@]}"; do
    if [ "${lijst[$i]}" = postgresql-postgis ]; then
      lijst[$i]="$(apt-cache --names-only search '^postgresql-[0-9]+-postgis-3$' | awk '{print $1}' | sort -V | tail -1)"
    fi
  done
  "${voor[@]}" env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends "${lijst[@]}" >/dev/null
}

mapfile -t nodig < <(ontbrekende_pakketten)
[ ${#nodig[@]} -eq 0 ] || installeer_pakketten "${nodig[@]}"

py="$(python_kandidaat)" || { meld "Geen Python >= 3.11 gevonden, ook niet na installatie."; exit 1; }
node_goed || { meld "Geen Node >= 18 met npm gevonden, ook niet na installatie."; exit 1; }

lock="config/vereisten/$deel.txt"
hash_van() { cat "$@" | sha256sum | cut -d' ' -f1; }

stempel=".venv/.stempel-$deel"
soll="$(hash_van "$lock" pyproject.toml config/opzetten.sh)"
if [ "$(cat "$stempel" 2>/dev/null)" != "$soll" ]; then
  [ -x .venv/bin/python ] || "$py" -m venv .venv
  meld "Python-pakketten installeren ..."
  # setuptools is pinned in the lock; the sdist of pysqlite3 and the project itself build with it, without isolation.
  PIP_DISABLE_PIP_VERSION_CHECK=1 .venv/bin/pip install -q --require-hashes --no-binary pysqlite3 -r "$lock"
  PIP_DISABLE_PIP_VERSION_CHECK=1 .venv/bin/pip install -q --no-deps --no-build-isolation -e .
  printf '%s' "$soll" > "$stempel"
  # The test lock holds everything of the base lock.
  [ "$deel" != test ] || hash_van config/vereisten/basis.txt pyproject.toml config/opzetten.sh > .venv/.stempel-basis
fi

stempel="static/node_modules/.stempel"
soll="$(hash_van static/package.json static/package-lock.json)"
if [ "$(cat "$stempel" 2>/dev/null)" != "$soll" ]; then
  meld "Webpakketten installeren ..."
  (cd static && npm ci --silent --no-audit --no-fund)
  printf '%s' "$soll" > "$stempel"
fi

stempel="static/dist/.stempel"
soll="$(find static/src static/bouw.mjs static/package-lock.json templates/veld -type f -print0 | sort -z | xargs -0 sha256sum | sha256sum | cut -d' ' -f1)"
if [ "$(cat "$stempel" 2>/dev/null)" != "$soll" ]; then
  meld "Schermen bouwen ..."
  (cd static && node bouw.mjs)
  printf '%s' "$soll" > "$stempel"
fi
