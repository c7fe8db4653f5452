"""What the Algemene termijnenwet (art. 1 to 5) does to the last day of a term, and when it does nothing."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from inspecties.termijnen.rules.duur import Duur, Eenheid
from inspecties.termijnen.rules.feestdagen import ATW, Kalender, VrijeDag, schrijf_dag
from inspecties.termijnen.rules.termijn import Opdracht, Regel, Soort

_EEN_DAG = timedelta(days=1)
EIGEN_KEUZE = "eigen keuze, geen wetsartikel"


@dataclass(frozen=True, slots=True)
class Uitkomst:
    """The last day after the Act (or our own choice), and why."""

    einde: date
    verlengd_om: tuple[str, ...] = ()
    regels: tuple[Regel, ...] = ()
    waarschuwingen: tuple[str, ...] = ()

    @classmethod
    def niet_verlengd(cls, opdracht: Opdracht, einde: date) -> "Uitkomst":
        """The end stays; the rule says why the Act does not apply."""
        return cls(einde, (), tuple(r for r in (waarom_niet(opdracht, 0),) if r is not None))


def waarom_niet(opdracht: Opdracht, dagen: int) -> Regel | None:
    """Why the Act does not apply to this term of so many days in all, or None when it does."""
    if opdracht.soort is Soort.BESTUURLIJK:
        return Regel(
            f"art. 1 lid 1 {ATW}",
            "Niet van toepassing: deze wet geldt voor termijnen die een wet stelt (of een algemene maatregel van "
            "bestuur, art. 5). Deze termijn stelt het bestuursorgaan zelf.",
        )
    if opdracht.atw_uitgesloten:
        return Regel(opdracht.atw_uitgesloten, f"De {ATW} is hier uitgesloten: het einde schuift niet op.")
    reden = opdracht.duur.te_lang_voor_atw or _te_lang_samen(opdracht, dagen)
    if reden is not None:
        return Regel(f"art. 4 onder a {ATW}", f"Niet van toepassing op {reden}: het einde schuift niet op.")
    return None


def _te_lang_samen(opdracht: Opdracht, dagen: int) -> str | None:
    """An extended term counts as one: 12 + 6 weeks is over the limit. Doubt (mixed units) means: do not rely on it."""
    if not opdracht.verdagingen:
        return None
    alle = [opdracht.duur, *(v.duur for v in opdracht.verdagingen)]
    if len({d.eenheid for d in alle}) == 1:
        samen = Duur(sum(d.aantal for d in alle), alle[0].eenheid)
        reden = samen.te_lang_voor_atw
        return f"{reden} (na verdaging {samen.in_woorden})" if reden else None
    if any(d.eenheid in (Eenheid.UREN, Eenheid.JAREN) for d in alle) or dagen > 84:
        return "een termijn die na verdaging langer is dan twaalf weken"
    return None


def pas_atw_toe(
    opdracht: Opdracht, onverlengd: date, stil: Sequence[tuple[date, date]], kalender: Kalender
) -> Uitkomst:
    """The last day of a term that would end on ``onverlengd``; ``stil`` are suspended stretches (first, resumed)."""
    eerste = opdracht_eerste_dag(opdracht)
    stilgestaan = sum((tot - van).days for van, tot in stil)
    reden = waarom_niet(opdracht, (onverlengd - eerste).days + 1 - stilgestaan)
    if reden is None:
        return _verleng(opdracht, onverlengd, stil, kalender)
    if opdracht.soort is not Soort.BESTUURLIJK:
        return Uitkomst(onverlengd, (), (reden,), _let_op_vrije_dag(onverlengd, kalender))
    if not opdracht.naar_werkdag:
        return Uitkomst(onverlengd, (), (reden,))
    einde = kalender.eerste_werkdag(onverlengd)
    if einde == onverlengd:
        return Uitkomst(einde, (), (reden,))
    vrij = kalender.vrije_dagen(onverlengd, einde)
    keuze = Regel(
        EIGEN_KEUZE,
        f"Wij laten een termijn die wij zelf stellen niet eindigen op {_dag_en_naam(vrij[0])}: "
        f"de laatste dag wordt {schrijf_dag(einde)}. Noem die datum in het besluit.",
    )
    return Uitkomst(einde, tuple(_kort(v) for v in vrij), (reden, keuze), _onbekende_jaren(onverlengd, einde, kalender))


def opdracht_eerste_dag(opdracht: Opdracht) -> date:
    """The first day that counts. The start of a term in days is a day."""
    return opdracht.start + (timedelta() if opdracht.inclusief else _EEN_DAG)


def _verleng(opdracht: Opdracht, onverlengd: date, stil: Sequence[tuple[date, date]], kalender: Kalender) -> Uitkomst:
    einde = kalender.eerste_werkdag(onverlengd)
    regels: list[Regel] = []
    vrij = kalender.vrije_dagen(onverlengd, einde)
    if einde != onverlengd:
        regels.append(
            Regel(
                f"art. 1 lid 1 {ATW}",
                f"{_hoofdletter(_dag_en_naam(vrij[0]))} is geen werkdag: "
                f"verlengd tot en met {schrijf_dag(einde)}, de eerstvolgende werkdag.",
            )
        )
    eerste = opdracht_eerste_dag(opdracht)
    if opdracht.duur.minstens_drie_dagen and _werkdagen(eerste, einde, stil, kalender) < 2:
        # Fewer than two, and it ends on a working day: so one. The next working day makes two.
        einde = kalender.eerste_werkdag(einde + _EEN_DAG)
        vrij = kalender.vrije_dagen(eerste, einde)
        regels.append(
            Regel(
                f"art. 2 {ATW}",
                "In een termijn van drie dagen of meer vallen minstens twee werkdagen: "
                f"verlengd tot en met {schrijf_dag(einde)}.",
            )
        )
    gezien: dict[str, list[VrijeDag]] = {}
    for dag in vrij if einde != onverlengd else []:
        if dag.artikel:
            gezien.setdefault(dag.artikel, []).append(dag)
    for artikel, dagen in gezien.items():
        namen = "; ".join(_dag_en_naam(d) + (f" ({d.toelichting})" if d.toelichting else "") for d in dagen)
        regels.append(Regel(artikel, f"Geen werkdag: {namen}."))
    om = tuple(_kort(v) for v in vrij) if einde != onverlengd else ()
    return Uitkomst(einde, om, tuple(regels), _onbekende_jaren(onverlengd, einde, kalender))


def _werkdagen(van: date, tot_en_met: date, stil: Sequence[tuple[date, date]], kalender: Kalender) -> int:
    """Working days in the term, counted no further than two; suspended days are not in it."""
    aantal, dag = 0, van
    while dag <= tot_en_met and aantal < 2:
        if kalender.is_werkdag(dag) and not any(begin <= dag < einde for begin, einde in stil):
            aantal += 1
        dag += _EEN_DAG
    return aantal


def _kort(vrij: VrijeDag) -> str:
    return f"{vrij.dag.isoformat()} {vrij.naam}"


def _dag_en_naam(vrij: VrijeDag) -> str:
    dag = schrijf_dag(vrij.dag)
    return dag if dag.startswith(vrij.naam) else f"{dag}, {vrij.naam}"


def _hoofdletter(zin: str) -> str:
    return zin[:1].upper() + zin[1:]


def _let_op_vrije_dag(einde: date, kalender: Kalender) -> tuple[str, ...]:
    vrij = kalender.vrije_dag(einde)
    if vrij is None:
        return ()
    return (f"{_hoofdletter(_dag_en_naam(vrij))} is geen werkdag, en de termijn schuift niet op: handel eerder.",)


def _onbekende_jaren(onverlengd: date, einde: date, kalender: Kalender) -> tuple[str, ...]:
    """Without a decree for that year a day after Ascension Day, say, may be a holiday after all."""
    jaren = sorted({onverlengd.year, einde.year} - kalender.bekend)
    if not jaren:
        return ()
    welke = " en ".join(str(j) for j in jaren)
    return (
        f"Van {welke} zijn de gelijkgestelde dagen (art. 3 lid 3 {ATW}) niet ingevuld: "
        "kijk in de Staatscourant of er een bij komt.",
    )
