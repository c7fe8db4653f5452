#!/bin/sh
# Op de machine die de backups bewaart: haalt ze op (die machine mag bij deze, en niet andersom), kijkt ze na en zegt
# het hier met een stempel waar `inspecties doctor` naar kijkt. Gebruik: elders.sh backup@inspecties.gemeente.example MAP
set -eu
bron=$1
doel=$2
rsync -a --link-dest="$doel" "$bron:/var/backups/inspecties/" "$doel/"
/opt/inspecties/.venv/bin/inspecties backup "$doel" --controleer
ssh "$bron" touch /var/backups/inspecties/.elders
