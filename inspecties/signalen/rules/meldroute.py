"""The meldroute as a versioned table of steps per gemeente (domain.md, "From signal to action"; legal.md, 6)."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from inspecties.core.fouten import OngeldigeInvoer
from inspecties.core.toestanden import Overgang, Toestandstabel
from inspecties.signalen.rules.indeling import MELDSTAPPEN
from inspecties.termijnen.rules import Duur, Eenheid, Kalender, Soort, bereken

RECHT = "signalen.behandelen"
BEGIN, DOORGEZET, TERUGGEKOPPELD, AFGESLOTEN = "ontvangen", "doorgezet", "teruggekoppeld", "afgesloten"
ZORGCOORDINATOR = "zorgcoordinator"
SAMENGEVOEGD = "samengevoegd"

WIJZEN: dict[str, str] = {
    "telefoon": "Telefoon",
    "beveiligde_mail": "Beveiligde mail",
    "portaal": "Portaal van de ontvanger",
    "overleg": "In een overleg",
}

# What can be passed on of a signal. Who reported and the source are not in it, so they never can be.
VELDEN: dict[str, str] = {
    "nummer": "Nummer van het signaal",
    "datum": "Dag waarop het is gezien",
    "vorm": "Vorm van uitbuiting",
    "urgentie": "Hoe dringend",
    "waar": "Waar het is",
    "indicatoren": "Wat opviel",
    "omschrijving": "Omschrijving (hieronder)",
}

# Whether the reporter was told what was done. Read by the aandachtsfunctionaris only.
TERUGKOPPELING: dict[str, str] = {
    "gedaan": "Ja, de melder is teruggekoppeld",
    "niet_mogelijk": "Nee, dat kan niet of is niet veilig",
}


@dataclass(frozen=True)
class Stapregel:
    """One step: what is to be done in it, and within how many (working) days. ``dagen`` None: no term."""

    code: str
    naam: str
    doen: str
    dagen: int | None = None
    werkdagen: bool = False


@dataclass(frozen=True)
class Meldroutetabel:
    """One version of one route, with where it comes from."""

    code: str
    naam: str
    bron: str
    geldig_vanaf: date
    tabel: Toestandstabel
    stappen: Mapping[str, Stapregel]
    uitkomsten: Mapping[str, str]

    @property
    def versie(self) -> str:
        return self.tabel.versie

    @classmethod
    def uit(cls, rij: Mapping[str, Any]) -> "Meldroutetabel":
        """A row of ``config/meldroutes.toml``. Raises OngeldigeInvoer naming the route and what is wrong."""
        waar = f"Meldroute '{rij.get('code', '?')}' in config/meldroutes.toml"
        try:
            stappen = {s["code"]: Stapregel(**s) for s in rij["stap"]}
            overgangen = tuple(
                Overgang(
                    o["van"], o["naar"], o["naam"], RECHT, bool(o.get("reden_verplicht", False)), o.get("waarom", "")
                )
                for o in rij["overgang"]
            )
            tabel = Toestandstabel(
                naam=rij["naam"],
                versie=str(rij["versie"]),
                begin=BEGIN,
                namen={code: stap.naam for code, stap in stappen.items()},
                overgangen=overgangen,
                eind=frozenset({AFGESLOTEN}),
            )
            uit = cls(rij["code"], rij["naam"], rij["bron"], rij["geldig_vanaf"], tabel, stappen, dict(rij["uitkomst"]))
        except (KeyError, TypeError) as fout:
            raise OngeldigeInvoer(f"{waar} klopt niet: {fout}.") from fout
        gebreken = tabel.gebreken() + [f"onbekende stap {s}" for s in sorted(set(stappen) - set(MELDSTAPPEN))]
        gebreken += [f"zonder stap {s}" for s in (BEGIN, DOORGEZET, AFGESLOTEN) if s not in stappen]
        gebreken += [f"termijn van {s.code} is niet positief" for s in stappen.values() if s.dagen == 0]
        if not uit.uitkomsten:
            gebreken.append("zonder uitkomsten")
        if gebreken:
            raise OngeldigeInvoer(f"{waar} klopt niet: {'; '.join(gebreken)}.")
        return uit

    def uitkomstnaam(self, code: str) -> str:
        """The word for an outcome."""
        return "Samengevoegd met een ander signaal" if code == SAMENGEVOEGD else self.uitkomsten.get(code, code)

    def uiterlijk(self, stap: str, begon: date, kalender: Kalender) -> date | None:
        """The last day of a step that began on this day; None where it has no term."""
        regel = self.stappen.get(stap)
        return None if regel is None or regel.dagen is None else laatste_dag(regel, begon, kalender)


def laatste_dag(regel: Stapregel, begon: date, kalender: Kalender) -> date:
    """The day of beginning does not count. Calendar days end on a working day (own choice: nobody is there else)."""
    dagen = regel.dagen or 0
    if not regel.werkdagen:
        return bereken(begon, Duur(dagen, Eenheid.DAGEN), Soort.BESTUURLIJK, kalender=kalender).einddag
    dag = begon
    for _ in range(dagen):
        dag = kalender.eerste_werkdag(dag + timedelta(days=1))
    return dag


@dataclass(frozen=True)
class Meldroutes:
    """All routes, and which gemeente goes which."""

    tabellen: tuple[Meldroutetabel, ...]
    standaard: str
    per_gemeente: Mapping[str, str]

    @classmethod
    def uit(cls, inhoud: Mapping[str, Any]) -> "Meldroutes":
        """The whole file. Raises OngeldigeInvoer where a route is named that is not there, or a version twice."""
        tabellen = tuple(Meldroutetabel.uit(rij) for rij in inhoud["route"])
        codes = {t.code for t in tabellen}
        gevraagd = {inhoud["standaard"], *inhoud.get("gemeente", {}).values()}
        if not gevraagd <= codes:
            raise OngeldigeInvoer(
                f"config/meldroutes.toml noemt een route die er niet is: {', '.join(sorted(gevraagd - codes))}."
            )
        versies = {(t.code, t.versie) for t in tabellen}
        dagen = {(t.code, t.geldig_vanaf) for t in tabellen}
        if min(len(versies), len(dagen)) < len(tabellen):
            raise OngeldigeInvoer("config/meldroutes.toml: een versie van een route staat er twee keer in.")
        return cls(tabellen, inhoud["standaard"], dict(inhoud.get("gemeente", {})))

    def op(self, gemeentecode: str, dag: date) -> Meldroutetabel:
        """The version that a signal which came in on this day goes through; the first one for older signals."""
        code = self.per_gemeente.get(gemeentecode, self.standaard)
        versies = sorted((t for t in self.tabellen if t.code == code), key=lambda t: t.geldig_vanaf)
        return next((t for t in reversed(versies) if t.geldig_vanaf <= dag), versies[0])

    def versie(self, code: str, versie: str) -> Meldroutetabel:
        """The version that a running signal keeps. Raises OngeldigeInvoer where it was thrown away."""
        for tabel in self.tabellen:
            if (tabel.code, tabel.versie) == (code, versie):
                return tabel
        raise OngeldigeInvoer(
            f"Versie {versie} van de meldroute '{code}' staat niet meer in config/meldroutes.toml, maar er lopen nog "
            "signalen op. Zet die versie terug; een nieuwe versie komt erbij, ze komt er niet voor in de plaats."
        )


@dataclass(frozen=True)
class Stand:
    """What was done for a signal, as far as the gates of the route ask for it."""

    doorgezet_aan: frozenset[str] = frozenset()
    open_antwoorden: int = 0
    mogelijk_slachtoffer: str = ""
    zorg_vastgelegd: bool = False
    afgeweken: frozenset[str] = frozenset()


@dataclass(frozen=True)
class Stapkeuze:
    """What a person fills in to go on to the next step."""

    reden: str = ""
    uitkomst: str = ""
    terugkoppeling: str = ""


@dataclass(frozen=True)
class Bezwaar:
    """Why a step cannot be taken yet; ``veld`` where the form itself can mend it."""

    melding: str
    veld: str = ""


def bezwaren(route: Meldroutetabel, overgang: Overgang, stand: Stand, keuze: Stapkeuze) -> list[Bezwaar]:
    """What stands in the way, in the order of the form; empty where the step can be taken."""
    uit: list[Bezwaar] = []
    reden = keuze.reden.strip()
    if overgang.reden_verplicht and not reden:
        uit.append(Bezwaar("Schrijf op waarom.", "reden"))
    if overgang.naar == DOORGEZET:
        uit += _voor_doorgezet(stand, reden)
    if overgang.naar == TERUGGEKOPPELD:
        uit += _voor_terugkoppeling(stand, keuze)
    if overgang.naar == AFGESLOTEN:
        uit += _voor_afsluiten(route, stand, keuze)
    return uit


def _voor_doorgezet(stand: Stand, reden: str) -> Sequence[Bezwaar]:
    if not stand.doorgezet_aan:
        return [Bezwaar("Leg eerst vast aan wie u het signaal doorzet, op welke grond en met welke velden.")]
    if ZORGCOORDINATOR not in stand.doorgezet_aan and not reden:
        melding = "Meld altijd ook bij de zorgcoördinator, of schrijf op waarom dat hier niet kan."
        return [Bezwaar(melding, "reden")]
    return []


def _voor_terugkoppeling(stand: Stand, keuze: Stapkeuze) -> Iterable[Bezwaar]:
    if stand.open_antwoorden:
        n = stand.open_antwoorden
        yield Bezwaar(
            f"Er {'wacht nog 1 antwoord' if n == 1 else f'wachten nog {n} antwoorden'}. "
            "Leg vast wat de ontvanger antwoordde, of waarom er geen antwoord komt."
        )
    if keuze.terugkoppeling not in TERUGKOPPELING:
        yield Bezwaar("Kies of de melder is teruggekoppeld.", "terugkoppeling")
    elif keuze.terugkoppeling == "niet_mogelijk" and not keuze.reden.strip():
        yield Bezwaar("Schrijf op waarom terugkoppelen niet kan.", "reden")


def _voor_afsluiten(route: Meldroutetabel, stand: Stand, keuze: Stapkeuze) -> Iterable[Bezwaar]:
    if not stand.mogelijk_slachtoffer:
        yield Bezwaar("Beantwoord eerst bij de triage of er een mogelijk slachtoffer is.")
    elif stand.mogelijk_slachtoffer == "ja" and not stand.zorg_vastgelegd:
        yield Bezwaar(
            "Er is een mogelijk slachtoffer. Leg eerst vast welke hulp is aangeboden en wat het antwoord was."
        )
    if keuze.uitkomst not in route.uitkomsten:
        yield Bezwaar(f"Kies een uitkomst: {', '.join(route.uitkomsten.values())}.", "uitkomst")
