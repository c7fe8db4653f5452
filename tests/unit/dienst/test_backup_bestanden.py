"""Every file that a row names is known to the backup, also of a table that is added later."""

from inspecties import modellen
from inspecties.database.basis import metadata
from inspecties.database.bestandskolommen import BESTANDSKOLOMMEN

# Hashes of something that is not in the store.
ANDERS = {
    ("actieverslag", "inhoud_hash"),
    ("adresimport", "sha256"),
    ("agendafeed", "token_sha256"),
    ("auditkop", "hash"),
    ("auditregel", "hash"),
    ("auditregel", "vorige_hash"),
    ("besluitnemer", "hash"),
    ("besluitvastlegging", "hash"),
    ("briefing", "hash"),
    ("briefingdeel", "hash"),
    ("checklistversie", "hash"),
    ("doorzetting", "sha256"),
    ("gebruiker", "wachtwoord_hash"),
    ("herstelcode", "hash"),
    ("ingekomen_mail", "sha256"),
    ("inzageverzoek", "inhoud_hash"),
    # Names a photo that may be on the tablet yet; the photo's own row is ``bewijsstuk``.
    ("lakking", "sha256"),
    ("locatieimport", "sha256"),
    ("machtigingsjabloon", "tekst_hash"),
    ("operatie", "hash"),
    ("quarantaine", "hash"),
    ("signaalinzending", "hash"),
    ("trekking", "pool_sha256"),
    ("vernietiging", "hashes"),
    ("verslagsjabloon", "tekst_hash"),
    ("redactie", "inhoud_hash"),
    ("stukoordeelinhoud", "inhoud_hash"),
    ("verstrekking", "inhoud_hash"),
    ("bronstuk", "hash_afzender"),
    ("bewijscontrole", "verwacht_hash"),
    ("bewijscontrole", "gevonden_hash"),
}


def test_elke_kolom_met_een_hash_is_beoordeeld() -> None:
    assert modellen.MODULES
    kolommen = {
        (tabel.name, kolom.name)
        for tabel in metadata.tables.values()
        for kolom in tabel.columns
        if "sha256" in kolom.name or "hash" in kolom.name
    }
    assert kolommen == BESTANDSKOLOMMEN | ANDERS
