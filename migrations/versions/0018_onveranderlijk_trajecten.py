"""What was decided, sent, disclosed or forfeited stays as it was: the database itself refuses to change it

Revision: 0018, after: 0017
"""

from alembic import op

revision = "0018"
down_revision = "0017"
branch_labels = None
depends_on = None

# Never changed; removing goes with the dossier, the login or the gemeente, by retention only.
VAST = (
    "trajectgang",
    "trajecttermijn",
    "telefoonbesluit",
    "besluitvastlegging",
    "sessiebevestiging",
    "verbeurte",
    "invorderdaad",
    "sjabloonversie",
    "sjabloonkeuze",
    "briefversie",
    "briefverzending",
    "kennisgeving",
    "bibobonderzoek",
    "bibobbron",
    "bibobuitkomst",
    "bibobtoegang",
    "bewijscontrole",
    "redactie",
    "redactiekopie",
    "stuknummer",
    "stukoordeel",
)
_BRIEF = "uid, gemeente_id, dossier_id, nummer, soort, taal, titel, aan_naam, aan_adres, sjabloonversie_id, vervangt_id, stand"
_VERSTREKKING = (
    "uid, gemeente_id, dossier_id, bevinding_id, ontvanger, organisatie, functie, grondslag, grond_status, wijze, doel, "
    "feiten, bijlagen, sha256, grootte, inhoud_hash, verstrekt_op, door_id"
)
_BRONSTUK = "uid, gemeente_id, dossier_id, soort, aard, nummer, sha256, hash_afzender, ontvangen_op, door_id"
_VOLLEDIG = "uid, gemeente_id, dossier_id, uitvoering, pdf_sha256, pdf_grootte, zip_sha256, zip_grootte, inventaris"
# table -> {name: (act, on which row)}; '' is every row.
GEWEIGERD = {tabel: {"inhoud": ("UPDATE", "")} for tabel in VAST} | {
    "ambtsbekleding": {
        "inhoud": ("UPDATE OF uid, gemeente_id, gebruiker_id, ambt, van, grond", ""),
        "einde": ("UPDATE OF tot", "OLD.tot IS NOT NULL"),
    },
    "vervanging": {
        "inhoud": ("UPDATE OF uid, gemeente_id, bekleding_id, vervanger_id, van, tot, grond", ""),
        "einde": ("UPDATE OF ingetrokken_op, ingetrokken_door_id", "OLD.ingetrokken_op IS NOT NULL"),
    },
    # A letter that was fixed says what it said; its party may still be taken off the dossier.
    "brief": {"inhoud": (f"UPDATE OF {_BRIEF}", "OLD.stand = 'vastgelegd'")},
    "verstrekking": {"inhoud": (f"UPDATE OF {_VERSTREKKING}", ""), "weg": ("DELETE", "")},
    # What came in from elsewhere: only a conclusion is rewritten, anything else is withdrawn and keeps its number.
    "bronstuk": {
        "inhoud": (f"UPDATE OF {_BRONSTUK}", ""),
        "tekst": ("UPDATE OF tekst, titel, van, dagtekening, eed, plaats", "OLD.aard <> 'conclusie'"),
    },
    "volledigdossier": {"inhoud": (f"UPDATE OF {_VOLLEDIG}", "OLD.stand = 'klaar'")},
}


def upgrade():
    sqlite = op.get_bind().dialect.name == "sqlite"
    for tabel, regels in GEWEIGERD.items():
        for naam, (act, als) in regels.items():
            kop = f"CREATE TRIGGER {tabel}_{naam} BEFORE {act} ON {tabel} "
            wanneer = f"WHEN ({als})" if als else ""
            if sqlite:
                op.execute(f"{kop} {wanneer} BEGIN SELECT RAISE(ABORT, '{tabel} is append-only'); END")
            else:
                # weiger_wijziging() stands in migration 0002.
                op.execute(f"{kop} FOR EACH ROW {wanneer} EXECUTE FUNCTION weiger_wijziging()")


def downgrade():
    sqlite = op.get_bind().dialect.name == "sqlite"
    for tabel, regels in GEWEIGERD.items():
        for naam in regels:
            op.execute(f"DROP TRIGGER {tabel}_{naam}" + ("" if sqlite else f" ON {tabel}"))
