"""What is already there when a file is read: types, addresses, and which locations a row may repeat."""

from dataclasses import dataclass, field, replace

from sqlalchemy.orm import Session

from inspecties.core.actor import Actor
from inspecties.database.bereik import select_voor
from inspecties.locaties.models import Adres, Locatietype, Risicolocatie
from inspecties.locaties.plaats import Grens, Plaats, lees_adressen
from inspecties.locaties.rules.adres import Huisnummer, adressleutel
from inspecties.locaties.rules.importrij import Gelezen


@dataclass(frozen=True, slots=True)
class Bekend:
    """A location that a row may repeat. ``id`` is None for one that an earlier row of the same file makes."""

    wie: str
    id: int | None = None
    uit_beeld: bool = False


@dataclass(frozen=True, slots=True)
class Bagadres:
    """What the address file says of a nummeraanduiding."""

    straat: str
    huisnummer: Huisnummer
    postcode: str
    plaats: str
    plek: Plaats

    @property
    def sleutel(self) -> str:
        h = self.huisnummer
        return adressleutel(self.postcode, h.nummer, h.letter, h.toevoeging) or ""


@dataclass
class Kennis:
    """What is already there, read once instead of once per row."""

    typen: dict[str, int]
    namen: dict[str, str]
    sleutels: dict[tuple[int, str], Bekend]
    punten: dict[tuple[int, int, int], Bekend]
    adressen: dict[str, Plaats]
    grens: Grens
    bag: dict[str, Bagadres] = field(default_factory=dict)
    op_adres: dict[tuple[int, int], Bekend] = field(default_factory=dict)

    @classmethod
    def lees(cls, sessie: Session, actor: Actor, *, met_bag: bool) -> "Kennis":
        """Everything a location import compares with. ``met_bag``: the file names addresses by their BAG number."""
        typen = list(sessie.scalars(select_voor(actor, Locatietype)))
        gebruikt = [t for t in typen if t.uit_gebruik_op is None]
        namen = {t.code: t.code for t in gebruikt} | {t.naam.lower(): t.code for t in gebruikt}
        uit = cls(
            {t.code: t.id for t in typen},
            namen,
            {},
            {},
            lees_adressen(sessie, actor),
            Grens.lees(sessie, actor.gemeente_id),
            lees_bag(sessie, actor) if met_bag else {},
        )
        bestaand = sessie.execute(
            select_voor(actor, Risicolocatie).with_only_columns(
                Risicolocatie.id,
                Risicolocatie.locatietype_id,
                Risicolocatie.adressleutel,
                Risicolocatie.adres_id,
                Risicolocatie.x,
                Risicolocatie.y,
                Risicolocatie.naam,
                Risicolocatie.status,
            )
        ).all()
        # What is out of view is known too: an import must not bring it back unseen. The living come last and win.
        for id_, type_id, sleutel, adres_id, x, y, naam, status in sorted(
            bestaand, key=lambda r: r.status != "uit_beeld"
        ):
            weg = status == "uit_beeld"
            bekend = Bekend(f"{naam} (uit beeld)" if weg else naam, id_, weg)
            if sleutel:
                uit.sleutels[type_id, sleutel] = bekend
            if adres_id is not None:
                uit.op_adres[type_id, adres_id] = bekend
            uit.punten[type_id, round(x), round(y)] = bekend
        return uit

    def vul_adres_aan(self, rij: Gelezen) -> Gelezen | str:
        """The row with the address of its BAG number; or what is wrong with that number, in Dutch."""
        if not rij.nummeraanduiding:
            return rij
        adres = self.bag.get(rij.nummeraanduiding)
        if adres is None:
            return f"BAG-nummer {rij.nummeraanduiding} staat niet in het adressenbestand"
        if rij.sleutel and rij.sleutel != adres.sleutel:
            h = adres.huisnummer
            return (
                f"BAG-nummer {rij.nummeraanduiding} is {adres.straat} {h.nummer}{h.letter}{h.toevoeging and '-'}"
                f"{h.toevoeging}, {adres.postcode}; in deze rij staat een ander adres"
            )
        return replace(
            rij,
            straat=rij.straat or adres.straat,
            huisnummer=adres.huisnummer,
            postcode=adres.postcode,
            plaats=rij.plaats or adres.plaats,
        )

    def herhaling_van(self, rij: Gelezen, plaats: Plaats, nummer: int) -> Bekend | None:
        """What this row repeats: the same type at the same address, or without address at the same metre.

        A row that repeats nothing is remembered.
        """
        type_id = self.typen[rij.type_code]
        punt = (type_id, round(plaats.x), round(plaats.y))
        bekend = self.sleutels.get((type_id, rij.sleutel)) if rij.sleutel else self.punten.get(punt)
        if bekend is None and rij.nummeraanduiding and plaats.adres_id is not None:
            bekend = self.op_adres.get((type_id, plaats.adres_id))
        if bekend is None:
            zelf = Bekend(f"rij {nummer}")
            if rij.sleutel:
                self.sleutels[type_id, rij.sleutel] = zelf
            self.punten.setdefault(punt, zelf)
        return bekend


def lees_bag(sessie: Session, actor: Actor) -> dict[str, Bagadres]:
    """The whole address file by nummeraanduiding."""
    rijen = sessie.execute(
        select_voor(actor, Adres).with_only_columns(
            *(Adres.nummeraanduiding_id, Adres.openbare_ruimte, Adres.huisnummer, Adres.huisletter),
            *(Adres.huisnummertoevoeging, Adres.postcode, Adres.woonplaats),
            *(Adres.x, Adres.y, Adres.lon, Adres.lat, Adres.id),
        )
    )
    return {
        nummer: Bagadres(straat, Huisnummer(huisnummer, letter, toevoeging), postcode, plaats, Plaats(*plek))
        for nummer, straat, huisnummer, letter, toevoeging, postcode, plaats, *plek in rijen
    }
