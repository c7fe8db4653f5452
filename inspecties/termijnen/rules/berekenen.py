"""Computing a term: counting, suspending, extending, and what the Algemene termijnenwet then adds.

Text of the Act: BWBR0002448 as in force since 2010-10-10. Counting in months: HR 1 September 2017,
ECLI:NL:HR:2017:2225.
"""

from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta

from inspecties.core.fouten import OngeldigeInvoer
from inspecties.termijnen.rules.atw import Uitkomst, pas_atw_toe
from inspecties.termijnen.rules.duur import Duur, Eenheid, binnen_bereik, tel_op, tel_terug
from inspecties.termijnen.rules.feestdagen import Kalender, schrijf_dag
from inspecties.termijnen.rules.termijn import (
    TIJDZONE,
    Opdracht,
    Opschorting,
    Regel,
    Soort,
    Termijn,
    Verdaging,
    dag_van,
    in_nederlandse_tijd,
)

TELLING = "HR 1 september 2017, ECLI:NL:HR:2017:2225"


def bereken(
    start: date | datetime,
    duur: Duur | str,
    soort: Soort | str = Soort.WETTELIJK,
    *,
    kalender: Kalender,
    inclusief: bool = False,
    terug: bool = False,
    atw_uitgesloten: str = "",
    naar_werkdag: bool = True,
) -> Termijn:
    """The term that starts with this event. Raises ``OngeldigeInvoer`` with a Dutch message."""
    lengte = Duur.lees(duur) if isinstance(duur, str) else duur
    try:
        van_wie = Soort(soort)
    except ValueError:
        raise OngeldigeInvoer(
            f"De soort '{soort}' bestaat niet. Kies wettelijk of bestuurlijk.", veld="soort"
        ) from None
    return bereken_opdracht(
        Opdracht(start, lengte, van_wie, inclusief, terug, atw_uitgesloten, naar_werkdag), kalender=kalender
    )


def bereken_opdracht(opdracht: Opdracht, *, kalender: Kalender, vandaag: date | None = None) -> Termijn:
    """The term from all its parts. ``vandaag`` is needed while a suspension is open: its end is then the earliest."""
    binnen_bereik(dag_van(opdracht.start), "start")
    if opdracht.duur.eenheid is Eenheid.UREN:
        return _in_uren(opdracht)
    if opdracht.terug:
        return _terug(opdracht, kalender)
    dag = dag_van(opdracht.start)
    kaal = replace(opdracht, start=dag)
    onverlengd = tel_op(dag, opdracht.duur, inclusief=opdracht.inclusief)
    regels = [_telregel(opdracht, dag, onverlengd)]
    onverlengd, stil, erbij = _wijzig(opdracht, onverlengd, kalender, vandaag)
    regels += erbij
    uitkomst = pas_atw_toe(kaal, onverlengd, stil, kalender)
    open_ = any(o.hervat_op is None for o in opdracht.opschortingen)
    waarschuwingen = list(uitkomst.waarschuwingen)
    if open_:
        waarschuwingen.append("De termijn is nog opgeschort: dit einde is het vroegst mogelijke.")
    return Termijn(
        kaal,
        onverlengd,
        uitkomst.einde,
        uitkomst.verlengd_om,
        (*regels, *uitkomst.regels),
        tuple(waarschuwingen),
        open_,
    )


def schort_op(
    termijn: Termijn, opschorting: Opschorting, *, kalender: Kalender, vandaag: date | None = None
) -> Termijn:
    """The same term with this suspension. Raises ``OngeldigeInvoer`` when the term was over before it began."""
    samen = replace(termijn.opdracht, opschortingen=(*termijn.opdracht.opschortingen, opschorting))
    return bereken_opdracht(samen, kalender=kalender, vandaag=vandaag)


def hervat(termijn: Termijn, op: date, *, kalender: Kalender) -> Termijn:
    """The same term with its open suspension ended: ``op`` is the first day that counts again."""
    if not any(o.hervat_op is None for o in termijn.opdracht.opschortingen):
        raise OngeldigeInvoer("Deze termijn is niet opgeschort.", veld="hervat_op")
    dicht = tuple(replace(o, hervat_op=op) if o.hervat_op is None else o for o in termijn.opdracht.opschortingen)
    return bereken_opdracht(replace(termijn.opdracht, opschortingen=dicht), kalender=kalender)


def verdaag(
    termijn: Termijn,
    verdaging: Verdaging,
    *,
    kalender: Kalender,
    hoogstens: Duur | None = None,
    vandaag: date | None = None,
) -> Termijn:
    """The same term extended. ``hoogstens``: what the law allows for all extensions of this article together.

    Raises ``OngeldigeInvoer`` when the extension is too long or was made known after the term was over.
    """
    samen = (*termijn.opdracht.verdagingen, verdaging)
    if hoogstens is not None:
        dag = dag_van(termijn.start)
        tot = dag
        for v in samen:
            if v.artikel == verdaging.artikel:
                tot = tel_op(tot, v.duur)
        if tot > tel_op(dag, hoogstens):
            raise OngeldigeInvoer(
                f"Verdagen mag hier met hoogstens {hoogstens.in_woorden} ({verdaging.artikel}).", veld="duur"
            )
    return bereken_opdracht(replace(termijn.opdracht, verdagingen=samen), kalender=kalender, vandaag=vandaag)


def _telregel(opdracht: Opdracht, dag: date, einde: date) -> Regel:
    eerste = dag if opdracht.inclusief else dag + timedelta(days=1)
    begin = "telt mee" if opdracht.inclusief else "telt niet mee"
    uitleg = (
        f"{schrijf_dag(dag).capitalize()} {begin}: de termijn begint op {schrijf_dag(eerste)} en "
        f"{opdracht.duur.in_woorden} later eindigt zij op {schrijf_dag(einde)}."
    )
    if opdracht.duur.eenheid in (Eenheid.MAANDEN, Eenheid.JAREN):
        if not opdracht.inclusief:
            uitleg += " Maanden eindigen op de dag met hetzelfde nummer, of op de laatste dag van een kortere maand."
        return Regel(TELLING, uitleg)
    return Regel("telling in " + ("weken" if opdracht.duur.eenheid is Eenheid.WEKEN else "dagen"), uitleg)


def _wijzig(
    opdracht: Opdracht, onverlengd: date, kalender: Kalender, vandaag: date | None
) -> tuple[date, list[tuple[date, date]], list[Regel]]:
    """Suspensions and extensions in the order in which they came.

    Answers the new end before the Act, the stretches that do not count (first day, first day that counts again), and
    the rules.
    """
    stil: list[tuple[date, date]] = []
    regels: list[Regel] = []
    eerste = dag_van(opdracht.start) + timedelta(days=0 if opdracht.inclusief else 1)
    handelingen: list[tuple[date, Opschorting | Verdaging]] = [
        *((o.eerste_dag, o) for o in opdracht.opschortingen),
        *((v.op, v) for v in opdracht.verdagingen),
    ]
    gedaan: tuple[Verdaging, ...] = ()
    for wanneer, handeling in sorted(handelingen, key=lambda paar: paar[0]):
        tot_nu = replace(opdracht, start=dag_van(opdracht.start), verdagingen=gedaan)
        einde = pas_atw_toe(tot_nu, onverlengd, stil, kalender).einde
        if wanneer > einde:
            wat = "opschorten" if isinstance(handeling, Opschorting) else "verdagen"
            raise OngeldigeInvoer(
                f"Op {wanneer.isoformat()} kan dat niet meer: de termijn eindigde op {einde.isoformat()}. "
                f"Alleen een lopende termijn is te {wat}.",
                veld="op" if wat == "verdagen" else "eerste_dag",
            )
        if isinstance(handeling, Verdaging):
            gedaan = (*gedaan, handeling)
            # What begins with a day of its own is longer by whole months too: from 1 March through 31 March.
            onverlengd = (
                tel_op(onverlengd + timedelta(days=1), handeling.duur, inclusief=True)
                if opdracht.inclusief
                else tel_op(onverlengd, handeling.duur)
            )
            uitleg = (
                f"Verdaagd met {handeling.duur.in_woorden}, tot en met {schrijf_dag(onverlengd)}: {handeling.grond}"
            )
        else:
            van, tot = _stilstand(handeling, eerste, stil, vandaag)
            if van < tot:
                stil.append((van, tot))
                # Who suspends in the days that the Act added keeps at least the day on which the term resumes.
                onverlengd = max(tel_op(onverlengd, Duur((tot - van).days, Eenheid.DAGEN)), tot)
            dagen = max((tot - van).days, 0)
            uitleg = (
                f"Opgeschort vanaf {schrijf_dag(handeling.eerste_dag)}: {dagen} "
                f"{'dag telt' if dagen == 1 else 'dagen tellen'} niet mee. Grond: {handeling.grond}"
            )
        regels.append(Regel(handeling.artikel, uitleg))
    return onverlengd, stil, regels


def _stilstand(o: Opschorting, eerste: date, stil: list[tuple[date, date]], vandaag: date | None) -> tuple[date, date]:
    """The days that this suspension adds: inside the term, under its cap, and not counted before."""
    tot = o.hervat_op
    if tot is None:
        if vandaag is None:
            raise OngeldigeInvoer("De termijn is nog opgeschort: geef de dag van vandaag erbij.", veld="vandaag")
        tot = max(vandaag, o.eerste_dag)
    if o.hoogstens is not None:
        tot = min(tot, tel_op(o.eerste_dag, o.hoogstens))
    van = max(o.eerste_dag, eerste, *(einde for _, einde in stil)) if stil else max(o.eerste_dag, eerste)
    return van, tot


def _terug(opdracht: Opdracht, kalender: Kalender) -> Termijn:
    if opdracht.opschortingen or opdracht.verdagingen:
        raise OngeldigeInvoer("Een teruggerekende termijn is niet op te schorten of te verdagen.", veld="duur")
    dag = dag_van(opdracht.start)
    einde = tel_terug(dag, opdracht.duur)
    regels = [
        Regel(
            "art. 1 lid 2 Algemene termijnenwet",
            f"Teruggerekend vanaf {schrijf_dag(dag)}: uiterlijk {schrijf_dag(einde)}. "
            "Een teruggerekende termijn wordt niet verlengd.",
        )
    ]
    vrij = kalender.vrije_dag(einde)
    advies = (f"{schrijf_dag(einde).capitalize()} is geen werkdag; regel het op een eerdere werkdag.",) if vrij else ()
    return Termijn(replace(opdracht, start=dag), einde, einde, (), tuple(regels), advies)


def _in_uren(opdracht: Opdracht) -> Termijn:
    if opdracht.terug or opdracht.inclusief or opdracht.opschortingen or opdracht.verdagingen:
        raise OngeldigeInvoer(
            "Een termijn in uren loopt van moment tot moment: terugrekenen, inclusief tellen, opschorten en verdagen "
            "kan alleen met dagen, weken, maanden of jaren.",
            veld="duur",
        )
    waarschuwingen: tuple[str, ...] = ()
    if isinstance(opdracht.start, datetime):
        moment = in_nederlandse_tijd(opdracht.start)
        start: date | datetime = moment
    else:
        start = opdracht.start
        moment = datetime.combine(start, time(), TIJDZONE)
        waarschuwingen = (
            f"Geen tijdstip gegeven: geteld vanaf 00:00 uur. Geef bijvoorbeeld {start.isoformat()}T14:30 op.",
        )
    try:
        einde = (moment.astimezone(UTC) + timedelta(hours=opdracht.duur.aantal)).astimezone(TIJDZONE)
    except OverflowError:
        raise OngeldigeInvoer("De termijn is te lang.", veld="duur") from None
    binnen_bereik(einde.date(), "duur")
    klok = (
        " De klok verspringt in deze termijn; de echte uren tellen." if moment.utcoffset() != einde.utcoffset() else ""
    )
    telling = Regel(
        "telling in uren",
        f"Van {schrijf_dag(moment.date())} {moment:%H:%M} uur tot {schrijf_dag(einde.date())} {einde:%H:%M} uur.{klok}",
    )
    uitkomst: Uitkomst = Uitkomst.niet_verlengd(opdracht, einde.date())
    return Termijn(replace(opdracht, start=start), einde, einde, (), (telling, *uitkomst.regels), waarschuwingen)
