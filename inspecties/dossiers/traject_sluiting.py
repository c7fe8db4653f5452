"""Guards and effects of closures: lighter first, no sealing before its time, no extension after the term lapsed."""

from inspecties.database import select_voor
from inspecties.dossiers import looptermijnen
from inspecties.dossiers.rules.trajectveld import dag_in_woorden
from inspecties.dossiers.traject_eigen import lopend_in_traject
from inspecties.dossiers.traject_eisen import dag_of_vandaag, lopende_termijn
from inspecties.dossiers.trajecten import Eisvraag, Gevolgvraag
from inspecties.locaties.models_feiten import Vergunning

DUUR, HERSTEL = "sluiting_", ("herstel_", "begunstiging")


def hersteltermijn_of_spoed(vraag: Eisvraag) -> str | None:
    """Without a period to end it themselves there has to be urgency (Gemeentewet 174a lid 4; Awb 5:24, 5:31)."""
    toets = vraag.laatste("toets")
    spoed = toets is not None and toets.gegevens.get("spoed") == "ja"
    if vraag.voorlopig or vraag.gegevens.get("zelf_sluiten") != "nee" or spoed:
        return None
    return "Zonder spoed krijgen belanghebbenden eerst een termijn. Bij de toets is niet voor spoed gekozen."


def hersteltermijn_voorbij(vraag: Eisvraag) -> str | None:
    """Nobody is closed out while the period to end it themselves still runs."""
    termijn = lopende_termijn(vraag, *HERSTEL)
    if termijn is None or dag_of_vandaag(vraag, "verzegeld_op") > termijn.einde_datum:
        return None
    tot = dag_in_woorden(termijn.einde_datum)
    return f"De termijn om er zelf een einde aan te maken loopt nog tot en met {tot}."


def sluiting_begonnen(vraag: Eisvraag) -> str | None:
    """The premises were closed, in the usual order or with urgency."""
    if vraag.laatste("uitvoering") is not None or vraag.laatste("spoedsluiting") is not None:
        return None
    return "Het pand is nog niet gesloten."


def sluiting_loopt(vraag: Eisvraag) -> str | None:
    """An extension is made known before the closure ends; after that it is a new closure."""
    termijn = lopende_termijn(vraag, DUUR)
    if termijn is None:
        return "Er loopt geen sluiting die kan worden verlengd."
    if vraag.voorlopig or dag_of_vandaag(vraag, "datum") <= termijn.einde_datum:
        return None
    tot = dag_in_woorden(termijn.einde_datum)
    return f"De sluiting liep tot en met {tot}. Daarna kan zij niet meer worden verlengd: dat vraagt een nieuw besluit."


def sluiting_voorbij(vraag: Eisvraag) -> str | None:
    """A closure ends by itself only after its last day."""
    termijn = lopende_termijn(vraag, DUUR)
    if termijn is None or dag_of_vandaag(vraag, "opgeheven_op") > termijn.einde_datum:
        return None
    tot = dag_in_woorden(termijn.einde_datum)
    return f"De sluiting geldt nog tot en met {tot}. Eerder opheffen kan met een nieuw akkoord."


def niet_geschorst(vraag: Eisvraag) -> str | None:
    """No court has suspended the decision, and the gemeente did not promise to wait for one (Awb 8:81)."""
    gevraagd, uitspraak = vraag.laatste("voorziening_gevraagd"), vraag.laatste("voorziening_uitspraak")
    if gevraagd is not None and (uitspraak is None or uitspraak.id < gevraagd.id):
        if gevraagd.gegevens.get("wachten") == "ja":
            return "De gemeente wacht met sluiten tot de uitspraak over de voorlopige voorziening. Leg die eerst vast."
        return None
    beslist = vraag.laatste("bezwaar_beslist")
    if uitspraak is None or uitspraak.gegevens.get("uitkomst") != "geschorst":
        return None
    # A suspension ends with the decision on the objection (Awb 8:85).
    if beslist is not None and beslist.id > uitspraak.id:
        return None
    return "De voorzieningenrechter heeft het besluit geschorst. Sluiten kan nu niet."


def wkpb_open(vraag: Eisvraag) -> str | None:
    """Something waits to be inscribed: the closure, or its extension."""
    if lopende_termijn(vraag, "wkpb_inschrijving") is not None:
        return None
    return "Er staat niets open om in te schrijven: de beperking is al ingeschreven."


def niet_bewoond(vraag: Eisvraag) -> str | None:
    """An inhabited home cannot be closed on the APV (Rb. Midden-Nederland 20-6-2025)."""
    if vraag.gegevens.get("woning") != "ja":
        return None
    return (
        "Een bewoonde woning kan niet op grond van de APV worden gesloten (rechtbank Midden-Nederland 20 juni 2025, "
        "2025:2944). Kijk of artikel 174a Gemeentewet past."
    )


def vergunning_klopt(vraag: Eisvraag) -> str | None:
    """A permit that was withdrawn or ran out is not called valid."""
    if vraag.gegevens.get("vergunning") != "geldig" or vraag.op_datum is None:
        return None
    rijen = vraag.sessie.scalars(
        select_voor(vraag.actor, Vergunning)
        .where(Vergunning.locatie_id.in_([plek.id for plek in vraag.dossier.locaties]))
        .order_by(Vergunning.id)
    ).all()
    dag = vraag.op_datum
    weg = [
        v for v in rijen if (v.status == "ingetrokken" and (v.intrekdatum or dag) <= dag) or (v.geldig_tot or dag) < dag
    ]
    if not weg or len(weg) < len(rijen):
        return None
    een = weg[-1]
    naam = " ".join(deel for deel in (een.soort.lower(), een.nummer) if deel)
    if een.status == "ingetrokken":
        sinds = f" sinds {dag_in_woorden(een.intrekdatum)}" if een.intrekdatum else ""
        return f"De vergunning ({naam}) is{sinds} ingetrokken. Zij geldt niet meer."
    return f"De vergunning ({naam}) gold tot en met {dag_in_woorden(een.geldig_tot or dag)}."


def verleng_sluiting(vraag: Gevolgvraag) -> None:
    """The term of the closure becomes longer, by the day on which the extension was made known."""
    eis = Eisvraag(
        vraag.sessie, vraag.actor, vraag.nu, vraag.dossier, vraag.tabel, vraag.traject, gegevens=vraag.gang.gegevens
    )
    termijn = lopende_termijn(eis, DUUR)
    assert termijn is not None  # the guard sluiting_loopt saw to it
    looptermijnen.doe(
        vraag.sessie,
        vraag.actor,
        vraag.nu,
        termijn,
        "verdaging",
        dag_of_vandaag(eis, "datum"),
        str(vraag.gang.gegevens["vrees"]),
        str(vraag.gang.gegevens["duur"]),
        versie=termijn.versie,
    )


def laat_termijnen_vervallen(vraag: Gevolgvraag) -> None:
    """A track that stops leaves no term running that it began."""
    reden = vraag.gang.toelichting or f"{vraag.stap.naam}."
    for rij in lopend_in_traject(vraag.sessie, vraag.actor, vraag.traject):
        looptermijnen.rond_af(vraag.sessie, vraag.actor, vraag.nu, rij, "vervallen", reden, versie=rij.versie)


EISEN = {
    "hersteltermijn_of_spoed": hersteltermijn_of_spoed,
    "hersteltermijn_voorbij": hersteltermijn_voorbij,
    "sluiting_begonnen": sluiting_begonnen,
    "sluiting_loopt": sluiting_loopt,
    "sluiting_voorbij": sluiting_voorbij,
    "niet_bewoond": niet_bewoond,
    "niet_geschorst": niet_geschorst,
    "wkpb_open": wkpb_open,
    "vergunning_klopt": vergunning_klopt,
}
GEVOLGEN = {
    "verleng_sluiting": verleng_sluiting,
    "laat_termijnen_vervallen": laat_termijnen_vervallen,
}
