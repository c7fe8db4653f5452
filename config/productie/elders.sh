#!/bin/sh
# Op de machine die de backups bewaart: haalt ze op (die machine mag bij deze, en niet andersom), kijkt ze na, houdt de nieuwste dertig
# en zegt het daar met een stempel waar `inspecties doctor` naar kijkt. Gebruik: elders.sh root@inspecties.gemeente.example MAP
# Er zijn twee sleutels, die daar elk maar een ding mogen: zie hoofdstuk 6 van de gids.
set -eu
bron=$1
doel=$2
houd=30
rsync -a -e "ssh -i $HOME/.ssh/inspecties_lezen" "$bron:/" "$doel/"
"${INSPECTIES:-/opt/inspecties/.venv/bin/inspecties}" backup "$doel" --controleer
# Wat daar is vernietigd, mag hier niet voor altijd blijven. Alleen hele backups tellen mee: hun naam begint met het jaar.
find "$doel" -mindepth 1 -maxdepth 1 -type d -name '2*' | sort | head -n "-$houd" | while read -r oud; do rm -rf -- "$oud"; done
ssh -i "$HOME/.ssh/inspecties_stempel" "$bron"
