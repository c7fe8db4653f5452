"""Links in the demo: one agency at four addresses, one telephone number at three, and one on both sides of a border."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime, time, timedelta

from flask import current_app
from sqlalchemy import select
from sqlalchemy.orm import Session

from inspecties.core.klok import TIJDZONE, lokale_datum
from inspecties.core.sleutelbos import Sleutelbos
from inspecties.database.bereik import zonder_muur
from inspecties.demo.lader.kring import Kring
from inspecties.demo.wereld import Gemeente as Wereldgemeente
from inspecties.gebruikers import verband
from inspecties.gebruikers.models_verband import Samenwerkingsverband, Verbandlid
from inspecties.locaties.kenmerken import leg_kenmerk_vast, neem_kenmerk_weg
from inspecties.locaties.models import Risicolocatie
from inspecties.locaties.models_partijen import Partij, Partijrol

_VERBAND = "Samenwerking Markermeer"
# Nobody's: no mobile number begins with 060, no subscriber's with a zero.
_OVER_DE_GRENS = "06 0000 0011"
_HUISVESTING = ("huisvesting_arbeidsmigranten", "uitzendbureau", "kamerverhuurpand", "vakantiepark")

# (days ago, kind, value, where it was seen, number of the location)
_MARKERWAARD: tuple[tuple[int, str, str, str, int], ...] = (
    (210, "telefoon", "06-0000 0022", "advertentie voor kamers", 0),
    (120, "telefoon", "+31 6 00000022", "briefje op de deur", 2),
    (35, "telefoon", "06 00 00 00 22", "controle, nummer van de contactpersoon", 4),
    (80, "telefoon", _OVER_DE_GRENS, "advertentie op internet", 5),
    (190, "kenteken", "XX-123-X", "busje voor de deur, melding van een buur", 0),
    (60, "kenteken", "xx123x", "busje bij de controle", 3),
    (95, "alias", "Luna Markerwaard", "advertentie op internet", 5),
    (20, "alias", "luna markerwaard", "advertentie op internet", 6),
    (150, "rekening", "4300", "huurovereenkomst", 1),
    (140, "rekening", "…4300", "kassabon", 7),
)
_WEG = "06 0000 0099"


def _gekozen(bron: Wereldgemeente, locaties: Mapping[str, int]) -> Sequence[int]:
    """Ids of eight locations: four for housing and work first, then others, those in view before the rest."""
    op_volgorde = sorted(
        bron.locaties, key=lambda x: (x.status in {"uit_beeld", "gesloten"}, x.type not in _HUISVESTING, x.sleutel)
    )
    wonen = [x for x in op_volgorde if x.type in _HUISVESTING][:5]
    andere = [x for x in op_volgorde if x not in wonen][:3]
    return [locaties[x.sleutel] for x in [*wonen, *andere]]


def _toen(nu: datetime, dagen: int) -> tuple[datetime, date]:
    dag = lokale_datum(nu) - timedelta(days=dagen)
    return datetime.combine(dag, time(11), TIJDZONE), dag


def _uitzendbureau(sessie: Session, kring: Kring, nu: datetime, plekken: Sequence[int]) -> None:
    """The same agency at four addresses; at the second one it stopped."""
    begin, _ = _toen(nu, 300)
    partij = Partij(
        gemeente_id=kring.gemeente.id,
        soort="organisatie",
        naam="Poldervlijt Uitzendbureau BV",
        kvk="90000017",
        aangemaakt_op=begin,
        gewijzigd_op=begin,
    )
    sessie.add(partij)
    sessie.flush()
    for plek, (van, tot) in zip(plekken, ((300, None), (280, 90), (88, None), (30, None)), strict=True):
        moment, dag = _toen(nu, van)
        sessie.add(
            Partijrol(
                gemeente_id=kring.gemeente.id,
                partij_id=partij.id,
                locatie_id=plek,
                rol="uitzendbureau",
                van=dag,
                tot=None if tot is None else _toen(nu, tot)[1],
                bron="uittreksel Handelsregister",
                vastgelegd_op=moment,
                door_id=kring.actoren["coordinator"].gebruiker_id,
            )
        )


def _kenmerken(
    sessie: Session,
    kring: Kring,
    nu: datetime,
    bos: Sleutelbos,
    plekken: Sequence[int],
    rijen: Sequence[tuple[int, str, str, str, int]],
) -> None:
    actor = kring.actoren["coordinator"]
    locaties = {r.id: r for r in sessie.scalars(select(Risicolocatie).where(Risicolocatie.id.in_(plekken)))}
    for dagen, soort, waarde, gezien_bij, nummer in sorted(rijen, key=lambda r: -r[0]):
        # Written down now: the audit log only goes forward.
        _, dag = _toen(nu, dagen)
        leg_kenmerk_vast(
            sessie,
            actor,
            nu,
            bos,
            locaties[plekken[nummer]],
            soort=soort,
            waarde=waarde,
            bron=gezien_bij,
            gezien_op=dag,
        )


def _verband(sessie: Session, kring: Kring, nu: datetime) -> None:
    """Markerwaard founds it; whoever comes next is let in, and then both switch on."""
    beheerder = kring.actoren.get("beheerder", kring.systeem)
    bestaand = sessie.scalars(select(Samenwerkingsverband).where(Samenwerkingsverband.naam == _VERBAND)).one_or_none()
    naam = kring.gemeente.naam
    contact = (f"Coördinator {naam}", "0320 000010", f"coordinator@{naam.lower()}.example")
    if bestaand is None:
        lid = verband.richt_op(sessie, beheerder, nu, _VERBAND)
        verband.wijzig_contact(sessie, beheerder, nu, lid, *contact)
        return
    lid = verband.vraag_aan(sessie, beheerder, nu, bestaand)
    verband.wijzig_contact(sessie, beheerder, nu, lid, *contact)
    # Across gemeenten on purpose: the demo plays the beheerder of both sides.
    with zonder_muur(sessie):
        eerste = sessie.scalars(
            select(Verbandlid).where(Verbandlid.verband_id == bestaand.id, Verbandlid.gemeente_id != lid.gemeente_id)
        ).one()
    ander = Kring(eerste.gemeente, {}, {}).systeem
    verband.laat_toe(sessie, ander, nu, eerste, kring.gemeente.code)
    verband.zet_delen(sessie, ander, nu, eerste, aan=True)
    verband.zet_delen(sessie, beheerder, nu, lid, aan=True)


def laad_koppelingen(
    sessie: Session, kring: Kring, bron: Wereldgemeente, locaties: Mapping[str, int], nu: datetime
) -> None:
    """Links of one gemeente, and its place in the partnership."""
    bos: Sleutelbos = current_app.extensions["sleutelbos"]
    plekken = _gekozen(bron, locaties)
    if "beheerder" in kring.actoren:
        _uitzendbureau(sessie, kring, nu, plekken[:4])
        _kenmerken(sessie, kring, nu, bos, plekken, _MARKERWAARD)
        _, dag = _toen(nu, 50)
        locatie = sessie.scalars(select(Risicolocatie).where(Risicolocatie.id == plekken[0])).one()
        actor = kring.actoren["coordinator"]
        vergist = leg_kenmerk_vast(
            sessie,
            actor,
            nu,
            bos,
            locatie,
            soort="telefoon",
            waarde=_WEG,
            bron="briefje op de deur",
            gezien_op=dag,
        )
        neem_kenmerk_weg(sessie, actor, nu, vergist, "Dit is het nummer van de buren.")
    else:
        _kenmerken(sessie, kring, nu, bos, plekken, [(45, "telefoon", _OVER_DE_GRENS, "advertentie op internet", 0)])
    _verband(sessie, kring, nu)
