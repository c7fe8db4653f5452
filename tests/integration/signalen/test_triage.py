"""The triage and care of a signal, as the aandachtsfunctionaris goes through it."""

from sqlalchemy import select

from inspecties.core.klok import VasteKlok
from inspecties.core.rechten import Rol
from inspecties.database.basis import db
from inspecties.signalen.models_meldroute import Bedenktijd, Triageantwoord
from tests.integration.signalen.test_meldroute import A, later, maak, post, regels, tekst, zet_door
from tests.wereld import Wereld


def test_antwoorden_geven_advies_dat_gedaan_of_anders_kan(wereld: Wereld) -> None:
    signaal = maak(wereld, vorm="seksuele_uitbuiting")
    uid, client = signaal.uid, wereld.client(A)
    pad = f"/signalen/{uid}/triage"
    assert "Bel Veilig Thuis" not in tekst(client.get(f"/signalen/{uid}"))
    post(client, pad, minderjarig="ja", alleenstaand_buitenlands="onbekend")
    pagina = tekst(client.get(f"/signalen/{uid}"))
    assert pagina.index("Bel Veilig Thuis en de politie") < pagina.index("Wat er is gemeld"), "what is urgent is first"
    assert "Meld bij Nidos" in pagina
    assert "hoeft dwang niet te blijken" in pagina
    assert "4 vragen zijn nog open" in pagina
    assert "waarom u van dit advies afwijkt" in tekst(post(client, f"{pad}/afwijken", advies="seksueel", reden=" "))
    assert post(client, f"{pad}/afwijken", advies="arbeid", reden="x").status_code == 422, "advice that does not hold"
    assert post(client, f"{pad}/afwijken", advies="seksueel", reden="AVIM was er al bij.").status_code == 302
    zet_door(wereld, signaal)
    pagina = tekst(client.get(f"/signalen/{uid}"))
    assert "AVIM was er al bij." in pagina
    assert "Gedaan" in pagina, "the zorgcoordinator was told"
    assert post(client, pad, minderjarig="misschien").status_code == 422
    post(client, pad, minderjarig="nee")
    assert "Bel Veilig Thuis" not in tekst(client.get(f"/signalen/{uid}"))
    rijen = db.session.scalars(select(Triageantwoord).where(Triageantwoord.vraag == "minderjarig"))
    assert [r.antwoord for r in rijen] == ["ja", "nee"], "both answers are kept, the last one counts"
    assert all(set(r.gegevens) == {"vragen"} for r in regels("triage_beantwoord")), "which questions, not what"


def test_zorg_en_bedenktijd_als_termijn(wereld: Wereld, klok: VasteKlok) -> None:
    signaal = maak(wereld)
    uid, client = signaal.uid, wereld.client(A)
    post(client, f"/signalen/{uid}/triage", mogelijk_slachtoffer="ja")
    assert "Leg vast welke hulp is aangeboden" in tekst(client.get(f"/signalen/{uid}"))
    goed = {"wat": "Opvang", "door_wie": "Moviera", "aangeboden_op": "2026-11-20", "antwoord": "denkt_na"}
    for fout, melding in (
        ({"wat": " "}, "welke hulp"),
        ({"door_wie": ""}, "welke organisatie"),
        ({"aangeboden_op": "2026-12-01"}, "niet later dan vandaag"),
        ({"antwoord": ""}, "Kies het antwoord"),
    ):
        assert melding in tekst(post(client, f"/signalen/{uid}/zorg", **(goed | fout)))
    post(client, f"/signalen/{uid}/zorg", **goed)
    assert "Leg vast welke hulp" in tekst(client.get(f"/signalen/{uid}")), "no answer yet: still to do"
    post(client, f"/signalen/{uid}/zorg", **(goed | {"antwoord": "aangenomen"}))
    assert "Leg vast welke hulp" not in tekst(client.get(f"/signalen/{uid}"))

    pad = f"/signalen/{uid}/bedenktijd"
    assert "niet later dan nu" in tekst(post(client, pad, begon_op="2026-12-01", via="CoMensha"))
    assert post(client, pad, begon_op="2026-11-20", via="CoMensha en de IND").status_code == 302
    assert "al een bedenktijd" in tekst(post(client, pad, begon_op="2026-11-21", via="CoMensha"))
    rij = db.session.scalars(select(Bedenktijd)).one()
    assert f"{rij.uiterlijk:%d-%m-%Y}" == "20-02-2027"
    assert regels("bedenktijd_begonnen")[0].grondslag.startswith("art. 8 onder k")
    assert "Bedenktijd" in tekst(client.get("/"))
    assert "Bedenktijd" not in tekst(wereld.client(Rol.COORDINATOR).get("/"))
    later(wereld, klok, 85)
    client = wereld.client(A)
    assert "over 6 dagen" in tekst(client.get("/"))
    rij_uid = rij.uid
    einde = f"{pad}/{rij_uid}/einde"
    assert "vanaf het begin" in tekst(post(client, einde, op="2026-11-01", reden="Aangifte gedaan."))
    assert post(client, einde, op="2027-02-10", reden="Aangifte gedaan.").status_code == 302
    assert "Aangifte gedaan." in tekst(client.get(f"/signalen/{uid}"))
    assert "Loopt bijna af" not in tekst(client.get(f"/signalen/{uid}/zorg"))
    assert post(client, einde, op="2027-02-10", reden="Nog eens.").status_code == 422


def test_antwoord_van_de_ontvanger(wereld: Wereld, klok: VasteKlok) -> None:
    signaal = maak(wereld)
    rij = zet_door(wereld, signaal, "nla")
    vraagt = zet_door(wereld, signaal, "veilig_thuis", antwoord_voor=wereld.nu.date())
    uid, pad = signaal.uid, f"/signalen/{signaal.uid}/doorgezet/{vraagt.uid}"
    later(wereld, klok, 3)
    client = wereld.client(A)
    assert "Antwoorden uitgebleven" in tekst(client.get("/"))
    assert "dat is voorbij" in tekst(client.get(f"/signalen/{uid}"))
    assert post(client, f"{pad}/navraag", voor="2026-12-10").status_code == 302
    assert "Antwoorden uitgebleven" not in tekst(client.get("/"))
    assert "Kies een dag" in tekst(post(client, f"{pad}/antwoord", antwoord="Ja.", op="2026-11-01"))
    assert post(client, f"{pad}/antwoord", antwoord="Ernstig.", op="2026-11-24", klasse="mogelijk").status_code == 302
    assert "ernstig vermoeden" in tekst(client.get(f"/signalen/{uid}")), "how Veilig Thuis classed it (Soest 8.3)"
    assert post(client, f"{pad}/zonder-antwoord", reden="x").status_code == 422
    ander = f"/signalen/{uid}/doorgezet/{rij.uid}"
    assert post(client, f"{ander}/zonder-antwoord", reden="De NLA antwoordt niet op meldingen.").status_code == 302
    assert "De NLA antwoordt niet" in tekst(client.get(ander))
