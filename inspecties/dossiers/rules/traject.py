"""The track of a dossier: a versioned state table with what each step asks, starts and needs (config/trajecten).

A table has one main lane and may have side lanes (``baan``: objection, interim relief, appeal) that run beside it and
never move it. A dossier keeps the table with which it began.
"""

import tomllib
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

from inspecties.core.fouten import Conflict, OngeldigeInvoer
from inspecties.core.rechten import RECHTEN
from inspecties.core.toestanden import Overgang, Toestandstabel
from inspecties.dossiers.rules.toestanden import SOORTEN
from inspecties.dossiers.rules.trajectbasis import BASIS, vul_aan
from inspecties.dossiers.rules.trajectstap import (
    STANDAARDRECHT,
    Trajectovergang,
    Trajectstap,
    Trajecttermijn,
    bekende_velden,
    kaal,
    lees_overgang,
    lees_stap,
    stap_als_rij,
)
from inspecties.dossiers.rules.trajectveld import OP, VANDAAG, Trajectveld, lees_voorwaarde

MAP = Path(__file__).resolve().parents[3] / "config" / "trajecten"
__all__ = ["STANDAARDRECHT", "Trajectovergang", "Trajectstap", "Trajecttabel", "Trajecttermijn", "Trajectveld"]

BEVESTIGD, TE_BEVESTIGEN = "bevestigd", "te bevestigen"
# Before a side lane has begun.
NERGENS = "-"
# Guards that every table can use, with the code of a step (or step.field=value) behind the colon.
NA, NIET_NA, ALS = "na", "niet_na", "als"


@dataclass(frozen=True)
class Trajecttabel:
    """One version of one track. ``weg``: the usual way, for the line on screen. ``stop``: the end state of a dossier
    that is closed without a decision. ``uit``: why it cannot be begun yet."""

    code: str
    versie: str
    naam: str
    soort: str
    artikel: str
    status: str
    bron: str
    geldig_vanaf: str
    begin: str
    eind: tuple[str, ...]
    fasen: tuple[tuple[str, str], ...]
    weg: tuple[str, ...]
    stappen: tuple[Trajectstap, ...]
    overgangen: tuple[Trajectovergang, ...]
    banen: tuple[tuple[str, str], ...] = ()
    stop: str = ""
    uit: str = ""
    uitleg: str = ""
    instrumenten: tuple[str, ...] = ()
    vanzelf: bool = True
    # Another track, and the steps of which one must have been taken there.
    volgt_op: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    eis: tuple[str, ...] = ()

    @classmethod
    def uit_rij(cls, rij: Mapping[str, Any], *, keur: bool = True) -> "Trajecttabel":
        """A table of a file, or with ``keur`` off one that a dossier kept: it was checked when it began, and what it
        names may be gone since. Raises ValueError naming the key that is wrong."""
        velden = dict(rij) if keur else bekende_velden(cls, rij, {"stap", "gang"})
        try:
            velden["stappen"] = tuple(lees_stap(s, keur=keur) for s in velden.pop("stap"))
            velden["overgangen"] = tuple(lees_overgang(g, keur=keur) for g in velden.pop("gang"))
            velden["versie"] = str(velden["versie"])
            vanaf = velden["geldig_vanaf"]
            velden["geldig_vanaf"] = vanaf.isoformat() if isinstance(vanaf, date) else str(vanaf)
            for naam in ("fasen", "banen"):
                velden[naam] = tuple((str(code), str(tekst)) for code, tekst in velden.get(naam, ()))
            for naam in ("eind", "weg", "instrumenten", "eis"):
                velden[naam] = tuple(velden.get(naam, ()))
            volgt = velden.get("volgt_op", {})
            velden["volgt_op"] = {c: (s,) if isinstance(s, str) else tuple(s) for c, s in volgt.items()}
            tabel = cls(**velden)
        except KeyError as fout:
            raise ValueError(f"traject {rij.get('code', '?')}: {fout} is missing") from fout
        except (TypeError, ValueError) as fout:
            raise ValueError(f"traject {rij.get('code', '?')}: {fout}") from fout
        fouten = tabel.gebreken() if keur else []
        if fouten:
            raise ValueError(f"traject {tabel.code}: {'; '.join(fouten)}")
        return tabel

    def als_rij(self) -> dict[str, Any]:
        """The table as JSON, to keep beside the dossier that began with it; ``uit_rij`` reads it back."""
        uit: dict[str, Any] = {
            naam: getattr(self, naam)
            for naam in (
                "code", "versie", "naam", "soort", "artikel", "status", "bron", "geldig_vanaf", "begin", "stop", "uit",
                "uitleg", "vanzelf",
            )
        }  # fmt: skip
        uit |= {naam: list(getattr(self, naam)) for naam in ("eind", "weg", "instrumenten", "eis")}
        uit |= {naam: [list(paar) for paar in getattr(self, naam)] for naam in ("fasen", "banen")}
        uit["volgt_op"] = {code: list(stappen) for code, stappen in self.volgt_op.items()}
        uit["stap"] = [stap_als_rij(s) for s in self.stappen]
        uit["gang"] = [kaal(g, {"eis"}) | ({"eis": list(g.eis)} if g.eis else {}) for g in self.overgangen]
        return uit

    @property
    def bevestigd(self) -> bool:
        return self.status == BEVESTIGD

    def heeft(self, code: str) -> bool:
        return any(s.code == code for s in self.stappen)

    def stap(self, code: str) -> Trajectstap:
        """The step with this code. Raises OngeldigeInvoer."""
        for stap in self.stappen:
            if stap.code == code:
                return stap
        raise OngeldigeInvoer("Deze stap hoort niet bij dit traject. Kies een stap uit de lijst.", "naar")

    def stappen_van(self, baan: str) -> tuple[Trajectstap, ...]:
        return tuple(s for s in self.stappen if s.baan == baan)

    def vanuit(self, stand: str, baan: str = "") -> tuple[Trajectovergang, ...]:
        """Every edge that leaves this state of this lane (``-``: the lane has not begun)."""
        eigen = {s.code for s in self.stappen_van(baan)}
        return tuple(o for o in self.overgangen if o.van == stand and o.naar in eigen)

    def overgang(self, van: str, naar: str) -> Trajectovergang:
        """The edge between two steps. Raises Conflict saying where one can go."""
        doel = self.stap(naar)
        for o in self.vanuit(van, doel.baan):
            if o.naar == naar:
                return o
        mogelijk = [self.stap(o.naar).naam for o in self.vanuit(van, doel.baan)]
        nu = f"na '{self.stap(van).naam}'" if van != NERGENS else "op dit moment"
        rest = f" Wat wel kan: {', '.join(mogelijk)}." if mogelijk else " Hier is niets meer te doen."
        raise Conflict(f"De stap '{doel.naam}' kan niet {nu}.{rest}", "naar")

    def is_eind(self, code: str) -> bool:
        return code in self.eind

    def gebreken(self) -> list[str]:
        """What is wrong with the table itself. Empty when sound."""
        return [*self._namen(), *self._wegen(), *self._verwijzingen()]

    def _namen(self) -> list[str]:
        codes = [s.code for s in self.stappen]
        uit = [f"step {code} stands there twice" for code in sorted({c for c in codes if codes.count(c) > 1})]
        uit += [f"unknown soort {self.soort}"] if self.soort not in SOORTEN else []
        bekend = {BEVESTIGD, TE_BEVESTIGEN}
        uit += [f"unknown status {self.status}"] if self.status not in bekend else []
        uit += [f"step {s.code}: unknown status {s.status}" for s in self.stappen if s.status not in {"", *bekend}]
        fasen, banen = {code for code, _ in self.fasen}, {"", *(code for code, _ in self.banen)}
        uit += [f"step {s.code}: unknown fase {s.fase}" for s in self.stappen if s.fase not in fasen]
        uit += [f"step {s.code}: unknown baan {s.baan}" for s in self.stappen if s.baan not in banen]
        for naam, lijst in (("begin", (self.begin,)), ("eind", self.eind), ("weg", self.weg)):
            uit += [f"{naam}: unknown step {code}" for code in lijst if code not in codes]
        uit += [f"stop {self.stop} is no end state"] if self.stop and self.stop not in self.eind else []
        for s in self.stappen:
            namen = [v.naam for v in s.vereist]
            uit += [
                f"step {s.code}: field {n} stands there twice" for n in sorted({n for n in namen if namen.count(n) > 1})
            ]
        return uit

    def _wegen(self) -> list[str]:
        """Unknown, unreachable and dead-end steps, per lane; edges that jump from one lane into another."""
        uit = []
        baan_van = {s.code: s.baan for s in self.stappen}
        for o in self.overgangen:
            if o.recht not in RECHTEN:
                uit.append(f"gang {o.van} -> {o.naar}: unknown recht {o.recht}")
            if o.van in baan_van and o.naar in baan_van and baan_van[o.van] != baan_van[o.naar]:
                uit.append(f"gang {o.van} -> {o.naar} goes from one baan into another")
            if o.van == NERGENS and not baan_van.get(o.naar):
                uit.append(f"gang - -> {o.naar}: only a side lane begins by itself")
        paren = [(o.van, o.naar) for o in self.overgangen]
        uit += [f"gang {v} -> {n} stands there twice" for v, n in sorted({p for p in paren if paren.count(p) > 1})]
        for baan in ("", *(code for code, _ in self.banen)):
            namen = {s.code: s.naam for s in self.stappen_van(baan)}
            eigen = [o for o in self.overgangen if baan_van.get(o.naar, baan_van.get(o.van, "")) == baan]
            begin = NERGENS if baan else self.begin
            machine = Toestandstabel(
                naam=self.code,
                versie=self.versie,
                begin=begin,
                namen=({NERGENS: NERGENS} if baan else {}) | namen,
                overgangen=tuple(Overgang(o.van, o.naar, o.naam, o.recht) for o in eigen),
                eind=frozenset(self.eind),
            )
            fouten = machine.gebreken()
            fouten += [] if fouten else [f"no end from: {s}" for s in namen if not self._eindigt(s, set())]
            uit += [f"baan {baan}: {g}" if baan else g for g in fouten]
        return uit

    def _eindigt(self, code: str, gezien: set[str]) -> bool:
        """Whether an end state can be reached from here."""
        if code in self.eind:
            return True
        gezien.add(code)
        return any(self._eindigt(o.naar, gezien) for o in self.overgangen if o.van == code and o.naar not in gezien)

    def _verwijzingen(self) -> list[str]:
        """Days, conditions and terms that name a step or a field that is not there."""
        uit = []
        for s in self.stappen:
            for v in s.vereist:
                uit += [f"step {s.code}, field {v.naam}: {f}" for r in (*v.niet_voor, *v.niet_na) for f in self._dag(r)]
                if v.verplicht_als:
                    uit += [f"step {s.code}, field {v.naam}: {f}" for f in self._voorwaarde(s, v.verplicht_als)]
            uit += [f"step {s.code}: {f}" for r in s.niet_voor for f in self._dag(r)]
            for t in s.termijnen:
                uit += [f"step {s.code}, term {t.code}: {f}" for f in self._termijn(s, t)]
            uit += [f"step {s.code}: {f}" for e in s.eis for f in self._eis(e)]
        for o in self.overgangen:
            uit += [f"gang {o.van} -> {o.naar}: {f}" for e in o.eis for f in self._eis(e)]
        return uit

    def _dag(self, verwijzing: str) -> list[str]:
        if verwijzing == VANDAAG:
            return []
        code, _, naam = verwijzing.partition(".")
        if not self.heeft(code):
            return [f"{verwijzing}: unknown step"]
        veld = self.stap(code).veld(naam)
        return [] if naam == OP or (veld is not None and veld.type == "datum") else [f"{verwijzing}: no date field"]

    def _voorwaarde(self, stap: Trajectstap, voorwaarde: str) -> list[str]:
        naam, waarden = lees_voorwaarde(voorwaarde)
        veld = stap.veld(naam)
        if not waarden or veld is None or not set(waarden) <= set(dict(veld.mogelijk)):
            return [f"{voorwaarde}: no such choice in step {stap.code}"]
        return []

    def _termijn(self, stap: Trajectstap, termijn: Trajecttermijn) -> list[str]:
        uit = [] if termijn.doet in {"begint", "eindigt"} else [f"doet {termijn.doet}"]
        veld = self._veld(stap, termijn.vanaf)
        if not termijn.vanaf.endswith(OP) and (veld is None or veld.type != "datum"):
            uit.append(f"vanaf {termijn.vanaf} is no date field")
        lengte = self._veld(stap, termijn.duur)
        if termijn.duur and (lengte is None or lengte.type != "duur"):
            uit.append(f"duur {termijn.duur} is no field of type duur")
        dag = self._veld(stap, termijn.tot)
        if termijn.tot and (dag is None or dag.type != "datum" or termijn.duur):
            uit.append(f"tot {termijn.tot} is no date field, or duur besides")
        if ":" in termijn.als:
            return uit + self._eis(termijn.als)
        return uit + (self._voorwaarde(stap, termijn.als) if termijn.als else [])

    def _veld(self, stap: Trajectstap, verwijzing: str) -> Trajectveld | None:
        code, punt, naam = verwijzing.rpartition(".")
        if punt and not self.heeft(code):
            return None
        return (self.stap(code) if punt else stap).veld(naam)

    def _eis(self, eis: str) -> list[str]:
        soort, scheiding, rest = eis.partition(":")
        if not scheiding:
            return []
        if soort not in {NA, NIET_NA, ALS}:
            return [f"unknown eis {eis}"]
        code, _, voorwaarde = rest.partition(".")
        if not self.heeft(code):
            return [f"eis {eis}: unknown step"]
        return self._voorwaarde(self.stap(code), voorwaarde) if soort == ALS else []


@dataclass(frozen=True)
class Bekend:
    """What a table can refer to outside itself. None: not checked."""

    eisen: Collection[str] | None = None
    gevolgen: Collection[str] | None = None
    termijnen: Collection[str] | None = None
    documenten: Collection[str] | None = None
    instrumenten: Collection[str] | None = None


def gebreken(tabellen: Iterable[Trajecttabel], bekend: Bekend) -> list[str]:
    """What tables refer to that does not exist: guards, effects, terms, letters, instruments and other tracks."""
    alle = list(tabellen)
    # Of several versions the newest counts.
    codes = {t.code: t for t in sorted(alle, key=lambda t: t.geldig_vanaf)}
    uit = []
    for t in alle:
        eisen = [*t.eis, *(e for s in t.stappen for e in s.eis), *(e for o in t.overgangen for e in o.eis)]
        for wat, namen, er in (
            ("eis", [e for e in eisen if ":" not in e], bekend.eisen),
            ("gevolg", [g for s in t.stappen for g in s.gevolg], bekend.gevolgen),
            ("termijn", [x.code for s in t.stappen for x in s.termijnen], bekend.termijnen),
            ("document", [s.document for s in t.stappen if s.document], bekend.documenten),
            ("instrument", list(t.instrumenten), bekend.instrumenten),
        ):
            if er is not None:
                uit += [f"traject {t.code}: unknown {wat} {naam}" for naam in sorted(set(namen) - set(er))]
        for code, stap in ((c, s) for c, stappen in t.volgt_op.items() for s in stappen):
            if code not in codes or not codes[code].heeft(stap):
                uit.append(f"traject {t.code}: volgt_op {code}.{stap} does not exist")
    return uit


def _toml(pad: Path) -> dict[str, Any]:
    return tomllib.loads(pad.read_text(encoding="utf-8"))


def geldend(versies: Sequence[Trajecttabel], op: date | None) -> Trajecttabel | None:
    """The version that holds on this day (None: the newest), or None before the first."""
    geldig = [v for v in versies if op is None or v.geldig_vanaf <= op.isoformat()]
    return max(geldig, key=lambda v: v.geldig_vanaf, default=None)


def lees_trajecten(map_: Path = MAP, bekend: Bekend | None = None) -> dict[str, Trajecttabel]:
    """The newest version of every track, by code. Raises ValueError naming file and key."""
    return {code: versies[-1] for code, versies in lees_versies(map_, bekend).items()}


def lees_versies(map_: Path = MAP, bekend: Bekend | None = None) -> dict[str, tuple[Trajecttabel, ...]]:
    """Every version of every track, oldest first. Raises ValueError naming file and key."""
    uit: dict[str, tuple[Trajecttabel, ...]] = {}
    for pad in sorted(map_.glob("*.toml")):
        try:
            versies = [Trajecttabel.uit_rij(vul_aan(r, map_ / BASIS)) for r in _toml(pad)["versie"]]
            if any(v.code != pad.stem for v in versies):
                raise ValueError(f"code is not {pad.stem}")
            if len({v.versie for v in versies}) != len(versies) or not versies:
                raise ValueError("no versie, or one twice")
            if len({v.geldig_vanaf for v in versies}) != len(versies):
                raise ValueError("two versions with the same geldig_vanaf")
        except (KeyError, ValueError) as fout:
            raise ValueError(f"config/trajecten/{pad.name}: {fout}") from fout
        uit[pad.stem] = tuple(sorted(versies, key=lambda v: v.geldig_vanaf))
    fouten = gebreken((v for versies in uit.values() for v in versies), bekend) if bekend is not None else []
    if fouten:
        raise ValueError(f"config/trajecten: {'; '.join(fouten)}")
    return uit
