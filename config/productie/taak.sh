#!/bin/sh
# Voert een nachtelijke taak uit. Een taak die hier niet staat, bestaat niet.
set -eu
inspecties=/opt/inspecties/.venv/bin/inspecties
case "$1" in
  backup) exec "$inspecties" backup "$INSPECTIES_BACKUP_MAP" --houd 30 ;;
  bewaartermijnen) exec "$inspecties" bewaartermijnen ;;
  audit-controleer) exec "$inspecties" audit controleer ;;
  audit-kop) exec "$inspecties" audit kop ;;
  prioriteit-ververs) exec "$inspecties" prioriteit ververs ;;
  herinner) exec "$inspecties" herinner ;;
  doctor) exec "$inspecties" doctor --net ;;
  *) echo "onbekende taak: $1" >&2; exit 2 ;;
esac
