"""From what inspectors found at a stop to the answers they would give. Names are those of ``config/checklists``.

Answers to questions that a checklist does not have, or that do not apply, are left out later: the form decides.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from random import Random
from typing import Any

from inspecties.core.klok import lokaal
from inspecties.demo.inhoud.model import Locatie, Stop

Plan = dict[str, Any]

_WONEN = frozenset({"huisvesting_arbeidsmigranten", "kamerverhuurpand", "onvergunde_seksinrichting"})
_GEBRUIK = {"horeca": "horeca", "vakantiepark": "logies", "camping": "logies", "kamerverhuurpand": "kamers"}
_VERBLIJF = {"kamerverhuurpand": "kamers", "hotel": "logies", "vakantiepark": "woonwagen", "camping": "woonwagen"}
_BEDRIJVEN = ("Waterwerk Personeel BV", "Marker Flex Techniek", "Polderkracht Agrarisch", "Havenhuis Beheer BV")
_KAMERS = (
    "Begane grond voor",
    "Begane grond achter",
    "1e verdieping voor",
    "1e verdieping achter",
    "Zolder",
    "Aanbouw",
)
_AFSPRAKEN = (
    "De verhuurder stuurt binnen twee weken de huurcontracten op.",
    "De eigenaar hangt binnen een week rookmelders op en stuurt een foto.",
    "Hercontrole binnen drie maanden, zonder aankondiging.",
    "De exploitant levert het rooster en de loonstroken van vorige maand aan bij de coördinator.",
)


@dataclass(frozen=True)
class Antwoordplan:
    """Answers by question, and those of each room and each person."""

    vragen: Plan
    kamers: list[Plan] = field(default_factory=list)
    personen: list[Plan] = field(default_factory=list)


def _ja(waarde: bool) -> str:
    return "ja" if waarde else "nee"


def _binnentreden(rng: Random, stop: Stop, partners: tuple[str, ...], binnen: datetime, buiten: datetime) -> Plan:
    dag = lokaal(binnen)
    return {
        "binnentreden_grond": stop.toegangsgrond,
        "machtiging_nummer": f"BM-{dag.year}-{rng.randint(1, 400):04d}",
        "machtiging_geldig": "ja",
        "machtiging_bijzonder": ["begeleiders"] if partners else ["geen"],
        "legitimatie_getoond": "ja",
        "doel_gemeld": "ja",
        "toestemming_gegeven": "ja",
        "toestemming_vorm": rng.choice(("mondeling", "mondeling", "tolk")),
        "toestemming_uitleg": "Een bewoner deed open, las de uitleg en zei dat wij binnen mochten komen.",
        "toestemming_ingetrokken": "nee",
        "tijd_binnen": f"{dag:%H:%M}",
        "tijd_buiten": f"{lokaal(buiten - timedelta(minutes=1)):%H:%M}",
        "partners_aanwezig": list(partners) or ["geen"],
        "verbalisant_nummer": f"TZ-{rng.randint(100, 899)}",
    }


def _telling(rng: Random, locatie: Locatie, feiten: Mapping[str, Any]) -> Plan:
    personen = int(feiten["aantal_personen"])
    wonen = locatie.type in _WONEN
    plan: Plan = {
        "aanwezig_geteld": max(1, personen - rng.choice((0, 0, 1, 2))),
        "gebruik_pand": ["wonen"] if wonen else [_GEBRUIK.get(locatie.type, "bedrijf")],
        "verblijf_soort": _VERBLIJF.get(locatie.type, "woning" if wonen else None),
        "personen_brp": feiten.get("personen_brp"),
    }
    if "gebruiksoppervlakte_m2" in feiten:
        plan |= {
            "aantal_personen": personen,
            "aantal_personen_bron": ["zelf_geteld", rng.choice(("verklaring", "spullen", "lijst"))],
            "bedden": int(feiten["bedden"]),
            "meetwijze": "gemeten",
            "gebruiksoppervlakte_m2": float(feiten["gebruiksoppervlakte_m2"]),
            "wooneenheden": len(feiten.get("kamers", ())) if locatie.type == "kamerverhuurpand" else None,
        }
    elif wonen:
        plan |= {"aantal_personen": personen, "aantal_personen_bron": ["zelf_geteld"], "bedden": int(feiten["bedden"])}
    return plan


def _gebruik(rng: Random, bibob: bool, feiten: Mapping[str, Any]) -> Plan:
    klopt = _ja(not bibob and rng.random() < 0.9)
    return {
        "eigenaar": f"{rng.choice(_BEDRIJVEN)}, KvK 000000{rng.randint(10, 99)}",
        "exploitant": f"{rng.choice(_BEDRIJVEN)}, KvK 000000{rng.randint(10, 99)}",
        "gebruiker": f"{rng.choice(_BEDRIJVEN)}, KvK 000000{rng.randint(10, 99)}",
        "partijen_kloppen": klopt,
        "gebruiker_klopt": klopt,
        "kvk_klopt_met_huur": klopt,
        "exploitant_ongewijzigd": klopt,
        "eigenaar_weet": rng.choice(("nee", "onbekend")),
        "omgevingsplan_gebruik": rng.choices(("past", "onbekend", "strijdig"), (70, 20, 10))[0],
        "vergunning_wonen": rng.choices(("niet_nodig", "aanwezig", "ontbreekt"), (50, 35, 15))[0],
        "vergunning_exploitatie": "ontbreekt" if bibob else rng.choice(("aanwezig", "aanwezig", "niet_nodig")),
        "vergunning_aanwezig": "nee" if bibob else "ja",
        "gebruiksmelding": rng.choice(("aanwezig", "niet_nodig", "niet_nodig")),
        "administratie_getoond": _ja(rng.random() < 0.9),
        "wtta_toelating": "onbekend",
        "opmerking": feiten.get("opmerking"),
    }


def _veiligheid(feiten: Mapping[str, Any]) -> Plan:
    slecht = feiten.get("rookmelders") == "geen"
    return {
        "rookmelders": feiten.get("rookmelders"),
        "vluchtweg_vrij": _ja(feiten.get("vluchtweg_vrij", True)),
        "elektra_veilig": _ja(feiten.get("elektra_veilig", True)),
        "elektra_gevaar": ["elektra"],
        "blusser_gekeurd": _ja(not slecht),
        "hygiene_woning": ["vocht"] if slecht else ["geen"],
        "hygiene": ["wastafel"] if slecht else ["geen"],
        "bmi_certificaat": "verlopen" if slecht else "aanwezig",
        "ontruimingsplan": "ontbreekt" if slecht else "aanwezig",
        "bewaking_24u": "nvt",
        "deur_slot_buiten": "nee",
    }


def _bedrijfsvoering(rng: Random, locatie: Locatie, feiten: Mapping[str, Any]) -> Plan:
    """Massage parlours, hotels and sex establishments."""
    personen = int(feiten["aantal_personen"])
    onvergund = locatie.type == "onvergunde_seksinrichting"
    return {
        "aantal_werkers": min(personen, 2) if onvergund else personen,
        "vergund_aantal": 6,
        "advertentie_gevonden": _ja(onvergund),
        "advertentie_link": f"https://advertenties.example/{rng.randint(1000, 9999)}",
        "advertentie_adres_klopt": "ja",
        "werkruimte_ingericht": "ja",
        "eigen_woning_alleen": _ja(personen == 1),
        "derde_regelt_woning": rng.choice(("nee", "nee", "onbekend")),
        "leeft_uit_koffer": "nee",
        "eigen_login": "ja",
        "elders_aangetroffen": "nee",
        "personeel_aanwezig": personen,
        "personeel_op_rooster": personen - (1 if personen > 2 and rng.random() < 0.3 else 0),
        "seksuele_diensten": "nee",
        "klanten_in_nacht": "nee",
        "prijslijst_klopt": "ja",
        "personeel_wisselt": "nee",
        "cameras_verborgen_deuren": ["geen"],
        "betaald_per_massage": _ja(rng.random() < 0.2),
        "werkdag_uren": rng.choice((8, 8, 9, 10)),
        "mag_weigeren": "ja",
        "telefoon_bij_ander": "nee",
        "gasten_ingeschreven": (locatie.capaciteit or 20) // 2,
        "kamers_bezet": max(1, (locatie.capaciteit or 20) // 4),
        "nachtregister_bijgehouden": "ja",
        "nachtregister_getoond": _ja(rng.random() < 0.8),
        "leidinggevende_aanwezig": _ja(rng.random() < 0.85),
        "toeristenbelasting_klopt": rng.choice(("in_orde", "onbekend")),
        "langdurig_verblijf_werkers": rng.choice((0, 0, 0, 6)),
        "boekingen": rng.choice((["geen"], ["geen"], ["contant"])),
        "veel_bezoek": "nee",
        "jonge_gast_met_oudere": "nee",
        "een_boeker_meer_kamers": "nee",
        "weigert_schoonmaak": "nee",
        "kamer_in_advertentie": "nee",
        "personeel_getraind": _ja(rng.random() < 0.6),
        "meldroute_opgehangen": _ja(rng.random() < 0.5),
        "schoonmaak_loon_id": rng.choice(("in_orde", "onbekend")),
        "openingstijden_nageleefd": "ja",
        "advertentie_met_nummer": "ja",
        "bedrijfsplan_nageleefd": "ja",
        "alarm_per_kamer": _ja(rng.random() < 0.8),
        "condooms_aanwezig": "ja",
        "slaapt_hier": "nee",
        "onder_leeftijdsgrens": "nee",
    }


def _huur(rng: Random, feiten: Mapping[str, Any]) -> Plan:
    if "huur_en_arbeid_apart" not in feiten:
        return {}
    huur = rng.choice((380, 425, 450, 495, 520))
    return {
        "huur_en_arbeid_apart": _ja(feiten["huur_en_arbeid_apart"]),
        "contract_taal": rng.choice(("ja", "ja", "nee")),
        "huur_bedrag": huur,
        "borg_bedrag": rng.choice((0, huur, 2 * huur)),
        "huur_ingehouden": _ja(not feiten["huur_en_arbeid_apart"]),
        "huur_ingehouden_bedrag": huur,
        "wonen_stopt_met_werk": _ja(feiten["wonen_stopt_met_werk"]),
        "uren_per_week": rng.choice((38, 40, 44, 48)),
        "loonstrook_ontvangen": "ja",
    }


def _vrijheid(feiten: Mapping[str, Any]) -> Plan:
    gezien = frozenset(feiten.get("signalen", ()))
    return {
        "paspoort_bij_ander": _ja(bool(feiten.get("paspoort_bij_ander"))),
        "id_in_eigen_bezit": _ja("paspoort_niet_in_bezit" not in gezien),
        "werkadres_bekend": _ja("werkadres_onbekend" not in gezien),
        "woont_op_werkplek": _ja("woont_op_werkplek" in gezien),
        "slaapplek_in_zaak": _ja("woont_op_werkplek" in gezien),
        "vervoer_bepaald": _ja("geisoleerd" in gezien),
        "schuld": _ja("schulden" in gezien),
        "schuld_of_afdracht": "schuld" if "schulden" in gezien else "nee",
        "begeleider_antwoordt": _ja("begeleider_aanwezig" in gezien),
        "verwonding_angst": ["vage_uitleg"] if "vage_uitleg_verwondingen" in gezien else ["geen"],
        "minderjarige_gezien": "nee",
        "geweld_gezien": "nee",
        "strafbaar_vermoeden": "nee",
    }


def _omgeving(rng: Random, victoria: bool, binnen: datetime) -> Plan:
    if not victoria:
        return {"overlast_meldingen": 0, "drugs_wapens": ["geen"]}
    dagen = [lokaal(binnen - timedelta(days=d)) for d in sorted(rng.sample(range(2, 40), 3), reverse=True)]
    data = ", ".join(f"{d.day}-{d.month}-{d.year}" for d in dagen)
    return {
        "overlast_meldingen": 3,
        "overlast_toelichting": f"{data}: ruzie en dreiging op straat voor de deur. Buren hadden er last van.",
        "drugs_wapens": ["geen"],
    }


def _zorg(partners: tuple[str, ...]) -> Plan:
    return {
        "cautie_gegeven": "politie" if "politie" in partners else "nee",
        "politie_gewaarschuwd": "ja",
        "zorgkaart_gegeven": "ja",
        "hulp_aangeboden": "ja",
        "hulp_door_wie": ["inspecteur"],
        "hulp_reactie": "later",
        "hulp_contact": "ja",
        "hulp_toelichting": "Kaart met nummers gegeven. De zorgcoördinator belt volgende week, als de persoon dat wil.",
    }


def _partners(feiten: Mapping[str, Any]) -> Plan:
    vol = feiten.get("rookmelders") == "geen"
    return {
        "pol_bevoegdheid": "Meegegaan voor de veiligheid; geen eigen bevoegdheid gebruikt.",
        "pol_gecontroleerd": 0,
        "pol_overgenomen": "nee",
        "pol_bevindingen": "Geen openstaande zaken. Rustig verlopen.",
        "nla_bevoegdheid": "Artikel 5:15 en 5:16 Awb, inspecteur 0042.",
        "nla_tewerkstelling": "in_orde",
        "nla_loon_tijd": "niet_gecontroleerd",
        "nla_bevindingen": "Roosters en loonstroken worden later opgevraagd.",
        "od_bevoegdheid": "Artikel 5:15 Awb, toezichthouder 0117.",
        "od_bouw": "niet_in_orde" if vol else "in_orde",
        "od_bevindingen": "Bouwkundige gebreken vastgelegd." if vol else "Geen gebreken gezien.",
    }


def _kamers(rng: Random, feiten: Mapping[str, Any]) -> list[Plan]:
    melders = feiten.get("rookmelders")
    kamers = feiten.get("kamers", ())
    return [
        {
            "kamer_naam": _KAMERS[i % len(_KAMERS)],
            "kamer_functie": "slaapkamer",
            "kamer_m2": kamer["m2"],
            "kamer_bedden": max(1, int(kamer["personen"])),
            "kamer_personen": int(kamer["personen"]),
            "kamer_rookmelder": "ja"
            if melders == "alle"
            else rng.choice(("ja", "nee"))
            if melders == "deels"
            else "nee",
        }
        for i, kamer in enumerate(kamers)
    ]


def _personen(rng: Random, feiten: Mapping[str, Any]) -> list[Plan]:
    aantal = min(2, int(feiten["aantal_personen"]))
    vrij = not feiten.get("paspoort_bij_ander")
    return [
        {
            "persoon_rol": "bewoner" if "kamers" in feiten else "werkt",
            "persoon_gesprek": rng.choice(("nederlands", "engels", "tolk", "vertaalkaart")),
            "persoon_spreekt_vrij": "ja",
            "persoon_id_zelf": _ja(vrij),
            "persoon_veilig": "ja",
            "persoon_minderjarig": "nee",
            "persoon_wil_hulp": "nee",
            "persoon_naam_nodig": "nee",
        }
        for _ in range(aantal)
    ]


def maak_plan(
    rng: Random, stop: Stop, locatie: Locatie, partners: tuple[str, ...], instrumenten: frozenset[str]
) -> Antwoordplan:
    """The answers of a visit. ``instrumenten``: what the dossiers of this visit rest on, so that the facts carry them.

    Raises ValueError for a stop that was not visited.
    """
    if stop.binnen_op is None or stop.buiten_op is None:
        raise ValueError(f"stop {stop.sleutel} was not visited")
    feiten = stop.feiten
    vragen = {
        **_binnentreden(rng, stop, partners, stop.binnen_op, stop.buiten_op),
        **_telling(rng, locatie, feiten),
        **_gebruik(rng, "bibob" in instrumenten, feiten),
        **_veiligheid(feiten),
        **_bedrijfsvoering(rng, locatie, feiten),
        **_huur(rng, feiten),
        **_vrijheid(feiten),
        **_omgeving(rng, "victoria" in instrumenten, stop.binnen_op),
        **_zorg(partners),
        **_partners(feiten),
        "uitkomst": ["handhaving"] if instrumenten else [rng.choice(("geen", "hercontrole"))],
        "afspraken": rng.choice(_AFSPRAKEN) if instrumenten or rng.random() < 0.4 else None,
    }
    if locatie.type == "onvergunde_seksinrichting":
        vragen["vergunning_aanwezig"] = "nee"
    return Antwoordplan(
        {vraag: waarde for vraag, waarde in vragen.items() if waarde is not None},
        _kamers(rng, feiten),
        _personen(rng, feiten),
    )
