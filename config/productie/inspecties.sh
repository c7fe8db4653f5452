#!/bin/sh
# Voert een opdracht uit zoals de dienst draait: als haar gebruiker, met haar instellingen. Staat als /usr/local/sbin/inspecties.
set -eu
hoe=--pipe
if [ -t 0 ] && [ -t 1 ]; then hoe=--pty; fi
exec systemd-run --quiet --wait --collect "$hoe" -p User=inspecties -p Group=inspecties -p UMask=0077 \
  -p EnvironmentFile=/etc/inspecties/inspecties.env -p WorkingDirectory=/var/lib/inspecties \
  /opt/inspecties/.venv/bin/inspecties "$@"
