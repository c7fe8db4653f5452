"""The tables A-D of the legal fact sheet: item -> questions, consequences, and the answers on which they fire.

``vuurt`` holds answers that must lead to exactly these consequences at these questions; ``stil`` the answer on which
the first question must not fire. An empty set of consequences is an item that only records.
"""

from dataclasses import dataclass, field
from typing import Any

JA, NEE = "ja", "nee"


@dataclass(frozen=True)
class Item:
    """One row of a table."""

    tekst: str
    vragen: tuple[str, ...]
    gevolgen: frozenset[str] = frozenset()
    vuurt: dict[str, Any] = field(default_factory=dict)
    stil: Any = None
    rol: str = ""


def _i(tekst: str, vragen: str, gevolgen: str = "", vuurt: Any = None, stil: Any = None, rol: str = "") -> Item:
    namen = tuple(vragen.split())
    antwoorden = vuurt if isinstance(vuurt, dict) else {} if vuurt is None else {namen[0]: vuurt}
    return Item(tekst, namen, frozenset(gevolgen.split()), antwoorden, stil, rol)


_HARD = "signaal_mh signaal_mh_hard"
_BEDEN = {"aantal_personen": 9, "gebruiksoppervlakte_m2": 95.9}
_OVERLAST = {"overlast_meldingen": 3, "overlast_toelichting": "1, 8 en 15 november: vechtpartij"}

SEKS = (
    _i("Basis of entry, consent shown", "binnentreden_grond toestemming_gegeven toestemming_vorm legitimatie_getoond"),
    _i("APV permit present", "vergunning_aanwezig", "apv bibob", NEE, JA),
    _i(
        "Advertisement link/phone, address match",
        "advertentie_gevonden advertentie_link advertentie_telefoon advertentie_adres_klopt",
        "apv",
        JA,
        NEE,
    ),
    _i("Works from own registered home, alone", "eigen_woning_alleen", "apv omgevingsplan brp", NEE, JA),
    _i("Number of workers present", "aantal_werkers", "apv signaal_mh", 2, 1),
    _i("Working room fitted", "werkruimte_ingericht", "apv", JA, NEE),
    _i("Third party arranges home/rent", "derde_regelt_woning", "apv signaal_mh bibob", JA, NEE),
    _i("Lives from suitcase, no ties", "leeft_uit_koffer", "signaal_mh", JA, NEE),
    _i("No own login to sex site", "eigen_login", "signaal_mh", NEE, JA),
    _i("Limited language; minder answers", "begeleider_antwoordt", "signaal_mh", JA, NEE),
    _i("ID in own possession", "id_in_eigen_bezit", _HARD, NEE, JA),
    _i("Apparent minor", "minderjarige_gezien", _HARD, JA, NEE),
    _i("Recently found elsewhere", "elders_aangetroffen", "signaal_mh apv", JA, NEE),
    _i("Debts / hands over earnings", "schuld_of_afdracht", "signaal_mh belastingdienst", "beide", NEE),
    _i("Injuries, fear, tattoo name", "verwonding_angst", "signaal_mh", ["angst"], ["geen"]),
    _i("Doors lockable only from outside", "deur_slot_buiten", f"{_HARD} bbl", JA, NEE),
    _i("Neighbour incidents, dated", "overlast_meldingen overlast_toelichting", "victoria", _OVERLAST, 0),
    _i("Drugs, weapons seen", "drugs_wapens", "opiumwet_13b victoria", ["wapen"], ["geen"]),
    _i("Owner aware / lease", "eigenaar_weet huurcontract_foto", "bibob victoria", JA, NEE),
    _i("Care card given", "zorgkaart_gegeven"),
)

HUISVESTING = (
    _i(
        "Owner, exploitant, uitzendbureau",
        "partijen_kloppen eigenaar exploitant uitzendbureau",
        "bibob nla",
        {"eigenaar": "Voorbeeld BV", "partijen_kloppen": NEE},
        JA,
    ),
    _i("Use permitted by omgevingsplan", "omgevingsplan_gebruik", "omgevingsplan", "strijdig", "past"),
    _i(
        "Omzettings-/verhuurvergunning if required",
        "vergunning_wonen",
        "huisvestingswet goed_verhuurderschap",
        "ontbreekt",
        "niet_nodig",
    ),
    _i("Residents counted; beds", "aantal_personen bedden", "overbewoning", _BEDEN, 7),
    _i("Gebruiksoppervlakte measured", "gebruiksoppervlakte_m2 meetwijze", "overbewoning", _BEDEN, 200),
    _i(
        "Rooms/wooneenheden",
        "wooneenheden",
        "bbl huisvestingswet",
        {"wooneenheden": 5, "gebruiksmelding": "ontbreekt"},
        4,
    ),
    _i("Gebruiksmelding", "gebruiksmelding", "bbl", "ontbreekt", "aanwezig"),
    _i("Rookmelders per escape route", "rookmelders", "bbl", "deels", "alle"),
    _i("Escape doors openable", "vluchtweg_vrij", "bbl", NEE, JA),
    _i("Electrical/heating/CO hazard", "elektra_veilig elektra_gevaar", "bbl", NEE, JA),
    _i("Sanitair, damp, vermin", "hygiene_woning", "bbl ggd", ["vocht"], ["geen"]),
    _i("BRP registration vs present", "personen_brp", "brp", {"aantal_personen": 5, "personen_brp": 2}, 9),
    _i("Separate huur/arbeid contract", "huur_en_arbeid_apart contract_foto", "goed_verhuurderschap", NEE, JA),
    _i("Contract language understood", "contract_taal", "goed_verhuurderschap", NEE, JA),
    _i(
        "Rent/borg amount, withheld from pay",
        "huur_ingehouden huur_bedrag borg_bedrag huur_ingehouden_bedrag",
        "goed_verhuurderschap nla belastingdienst",
        JA,
        NEE,
    ),
    _i("Housing ends with job", "wonen_stopt_met_werk", "goed_verhuurderschap signaal_mh", JA, NEE),
    _i("Passport held by other", "paspoort_bij_ander", _HARD, JA, NEE),
    _i(
        "Hours, pay, payslip",
        "uren_per_week loon_toelichting loonstrook_ontvangen loonstrook_foto",
        "nla",
        {"uren_per_week": 72, "loonstrook_ontvangen": NEE},
        38,
    ),
    _i("Work address unknown", "werkadres_bekend", "signaal_mh nla", NEE, JA),
    _i("On-site living", "woont_op_werkplek", "signaal_mh nla", JA, NEE),
    _i("Controlled transport", "vervoer_bepaald", "signaal_mh", JA, NEE),
    _i("Debt", "schuld", "signaal_mh", JA, NEE),
    _i("Wtta admission", "wtta_toelating", "nla", NEE, JA),
    _i("Neighbour disturbance log", "overlast_meldingen overlast_toelichting", "victoria", _OVERLAST, 0),
)

MASSAGE = (
    _i("KvK/exploitant matches lease", "kvk_klopt_met_huur", "bibob", NEE, JA),
    _i("Permit duty in APV; present", "vergunning_exploitatie", "apv bibob", "ontbreekt", "niet_nodig"),
    _i("Use fits omgevingsplan", "omgevingsplan_gebruik", "omgevingsplan", "strijdig", "vergund"),
    _i("Sexual services advertised/offered", "seksuele_diensten advertentie_link", "apv", "advertentie", NEE),
    _i(
        "Staff present; counted",
        "personeel_aanwezig personeel_op_rooster",
        "nla",
        {"personeel_aanwezig": 4, "personeel_op_rooster": 2},
        1,
    ),
    _i(
        "ID/work authorisation (via competent partner)",
        "nla_tewerkstelling",
        "nla",
        {"partners_aanwezig": ["nla"], "nla_tewerkstelling": "niet_in_orde"},
        "in_orde",
        rol="nla",
    ),
    _i("Paid per massage only", "betaald_per_massage", "nla signaal_mh", JA, NEE),
    _i("Long hours", "werkdag_uren werkdagen_toelichting", "nla signaal_mh", 14, 8),
    _i("Sleeping place at salon", "slaapplek_in_zaak", "omgevingsplan bbl signaal_mh", JA, NEE),
    _i("Staff may leave/refuse customers", "mag_weigeren", "signaal_mh", NEE, JA),
    _i("Manager controls phone", "telefoon_bij_ander", "signaal_mh", JA, NEE),
    _i("Manager controls ID", "id_in_eigen_bezit", _HARD, NEE, JA),
    _i("Cameras, hidden doors", "cameras_verborgen_deuren", "signaal_mh apv", ["deur"], ["geen"]),
    _i("Price list vs cash/till", "prijslijst_klopt", "belastingdienst", NEE, JA),
    _i("Administration, roster", "administratie_getoond", "belastingdienst nla", NEE, JA),
    _i("Hygiene, towels, sinks", "hygiene", "ggd", ["handdoek"], ["geen"]),
    _i("Fire exits", "vluchtweg_vrij", "bbl", NEE, JA),
    _i("Extinguisher date", "blusser_gekeurd", "bbl", NEE, JA),
    _i("Customer hours at night", "klanten_in_nacht klanten_nachts_toelichting", "apv victoria", JA, NEE),
    _i("Recent staff rotation", "personeel_wisselt", "signaal_mh", JA, NEE),
)

HOTEL = (
    _i("Nachtregister kept", "nachtregister_bijgehouden", "apv", NEE, JA),
    _i("Nachtregister shown", "nachtregister_getoond", "apv", NEE, JA),
    _i("Exploitatievergunning", "vergunning_exploitatie", "apv bibob", "ontbreekt", "aanwezig"),
    _i("Leidinggevende", "leidinggevende_aanwezig", "apv bibob", NEE, JA),
    _i("Gebruiksmelding (>10 persons)", "gebruiksmelding", "bbl", "ontbreekt", "niet_nodig"),
    _i("BMI certificate", "bmi_certificaat", "bbl", "verlopen", "aanwezig"),
    _i("Ontruimingsplan", "ontruimingsplan", "bbl", "ontbreekt", "niet_nodig"),
    _i("Escape routes free", "vluchtweg_vrij", "bbl", NEE, JA),
    _i("24h bewaking if claimed", "bewaking_24u", "bbl", NEE, "nvt"),
    _i("Long-stay workers in rooms", "langdurig_verblijf_werkers", "omgevingsplan", 4, 0),
    _i(
        "Long-stay workers: too many for the measured area",
        "te_veel_personen",
        "overbewoning",
        {"langdurig_verblijf_werkers": 4, "aantal_personen": 4, "gebruiksoppervlakte_m2": 30},
    ),
    _i("Short-stay bookings, cash, same payer", "boekingen", "signaal_mh belastingdienst", ["contant"], ["geen"]),
    _i("Many visitors per room", "veel_bezoek", "signaal_mh apv", JA, NEE),
    _i("Young guest with older man", "jonge_gast_met_oudere", "signaal_mh", JA, NEE),
    _i(
        "Young guest is a minor",
        "jonge_gast_minderjarig",
        _HARD,
        {"jonge_gast_met_oudere": JA, "jonge_gast_minderjarig": JA},
        NEE,
    ),
    _i("One person books several rooms", "een_boeker_meer_kamers", "signaal_mh", JA, NEE),
    _i("... and holds IDs", "boeker_houdt_ids", _HARD, {"een_boeker_meer_kamers": JA, "boeker_houdt_ids": JA}, NEE),
    _i("Guest refuses cleaning, no luggage", "weigert_schoonmaak", "signaal_mh", JA, NEE),
    _i("Room linked to sex advert", "kamer_in_advertentie advertentie_link", "signaal_mh apv", JA, NEE),
    _i("Staff trained; reporting route posted", "personeel_getraind meldroute_opgehangen"),
    _i("Cleaning staff pay/ID", "schoonmaak_loon_id", "nla", "verschil", "in_orde"),
    _i("Drugs/weapons indicators", "drugs_wapens", "opiumwet_13b victoria", ["drugs"], ["geen"]),
    _i("Tourist tax/register match", "toeristenbelasting_klopt", "belastingdienst", "verschil", "in_orde"),
)

TABELLEN = {
    "onvergunde_seksinrichting": SEKS,
    "huisvesting_arbeidsmigranten": HUISVESTING,
    "massagesalon": MASSAGE,
    "hotel": HOTEL,
}
