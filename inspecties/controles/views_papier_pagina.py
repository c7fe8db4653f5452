"""One page of a paper form being typed over: shown, read back, stored as operations."""

import json
from typing import Any

from flask import flash, redirect, render_template, request, url_for
from sqlalchemy.orm import Session
from werkzeug.wrappers import Response as WerkzeugResponse

from inspecties.audit.operations import leg_vast
from inspecties.controles import papier
from inspecties.controles.papier_models import Papierinvoer
from inspecties.controles.rules.papier_pagina import Lijst, Onderdeel, Veld, fouten_op, onderdelen
from inspecties.controles.rules.vouw import herhalingen
from inspecties.controles.schermkopie import opslag_van_nu
from inspecties.controles.views_papier import bp, haal_invoer
from inspecties.core.actor import Actor
from inspecties.core.fouten import InspectiesFout, NietGevonden, OngeldigeInvoer
from inspecties.core.ids import nieuw_id
from inspecties.database import db
from inspecties.web.poort import huidige_actor, klok, vereist


@bp.route("/bezoeken/<uuid:uid>/papier/<uuid:invoer_uid>/<int:nr>", methods=["GET", "POST"])
@vereist("bezoeken.papier")
def pagina(uid: str, invoer_uid: str, nr: int) -> Any:
    """A page of the paper (``nr`` from 1); ``blok`` names a room or a person in it."""
    actor, sessie = huidige_actor(), db.session()
    invoer = haal_invoer(sessie, actor, uid, invoer_uid)
    papier.controleer_eigen(actor, invoer)
    if request.method == "GET":
        return _Scherm(sessie, actor, invoer, nr).toon()
    ingestuurd = _lees_formulier()
    try:
        fouten = papier.bewaar_pagina(sessie, actor, klok().nu(), opslag_van_nu(), invoer, nr - 1, ingestuurd)
        scherm = _Scherm(sessie, actor, invoer, nr, ingestuurd)
        if fouten:
            return scherm.toon(fouten, "Een deel is niet bewaard. Kijk de velden met een melding na.")
        doel = scherm.volgende_stap()
        db.session.commit()
        return redirect(doel)
    except (IndexError, InspectiesFout) as fout:
        db.session.rollback()
        melding = fout.melding if isinstance(fout, InspectiesFout) else "Deze bladzijde bestaat niet."
        status = fout.status if isinstance(fout, InspectiesFout) else 404
        scherm = _Scherm(sessie, actor, haal_invoer(sessie, actor, uid, invoer_uid), nr, ingestuurd)
        return scherm.toon({}, melding, status)


def _lees_formulier() -> papier.Ingestuurd:
    """What was sent. Raises OngeldigeInvoer where the page's own hidden field is damaged."""
    try:
        was = json.loads(request.form.get("was", ""))
        velden = {str(s): [str(d) for d in ruw] for s, ruw in was["v"].items()}
        noten = {str(s): str(tekst) for s, tekst in was["n"].items()}
    except (ValueError, TypeError, KeyError, AttributeError):
        raise OngeldigeInvoer("Deze bladzijde is beschadigd verstuurd. Open de bladzijde opnieuw.") from None
    form, bestanden = request.form, request.files
    return papier.Ingestuurd(
        was=velden,
        waarden={s: form.getlist(f"v.{s}") for s in velden},
        was_noot=noten,
        noten={s: form.get(f"n.{s}", "") for s in noten},
        bestanden={
            naam[2:]: [papier.Bestand(b.stream, b.filename or "") for b in bestanden.getlist(naam) if b.filename]
            for naam in bestanden
            if naam.startswith("f.")
        },
        scans={naam[2:]: form.getlist(naam) for naam in form if naam.startswith("s.")},
        weg={naam[2:]: form.getlist(naam) for naam in form if naam.startswith("w.")},
        toevoegen=form.get("toevoegen", ""),
        verwijderen=form.get("verwijderen", ""),
    )


class _Scherm:
    """One page as it stands now."""

    def __init__(
        self, sessie: Session, actor: Actor, invoer: Papierinvoer, nr: int, van: papier.Ingestuurd | None = None
    ) -> None:
        self._db = sessie
        self._actor = actor
        self._invoer = invoer
        self._nr = nr
        self._van = van
        self._blad = papier.Werkblad(sessie, actor, invoer)
        if not 1 <= nr <= len(self._blad.paginas):
            raise NietGevonden("Deze bladzijde bestaat niet.")
        self._pagina = self._blad.paginas[nr - 1]
        self._beeld = self._blad.beeld(self._pagina.versie)
        self._blok = self._lees_blok()
        gevraagd = self._blad.wordt_gevraagd(self._pagina)
        self._delen: list[Onderdeel] = (
            onderdelen(self._beeld, self._pagina.deel, self._blok) if gevraagd or self._blok else []
        )

    def _lees_blok(self) -> str | None:
        blok = request.args.get("blok")
        if blok is None:
            return None
        if not any(s.endswith(f"@{blok}") for s in self._beeld.sessie.sleutels()):
            raise NietGevonden("Dit blok bestaat niet (meer).")
        return blok

    def _plek(self, blok: str | None) -> tuple[str, str | None]:
        """(repeat, enclosing instance) of an instance."""
        for instantie in herhalingen(self._blad.vouw, [v.naam for v in self._beeld.vragen.values()]):
            if instantie.herhaling_id == blok:
                return instantie.groep, instantie.ouder
        return "", None

    def _adres(self, nr: int | None = None, **rest: Any) -> str:
        return url_for(
            "papier.pagina",
            uid=self._invoer.bezoek.uid,
            invoer_uid=self._invoer.uid,
            nr=nr or self._nr,
            **{naam: waarde for naam, waarde in rest.items() if waarde},
        )

    def volgende_stap(self) -> str:
        """Where to after storing: to what came up, to what is wrong, to a new block, or on."""
        van = self._van
        if van is not None and van.toevoegen:
            return self._adres(blok=van.toevoegen.rpartition("|")[2])
        if van is not None and van.verwijderen:
            return self._adres(blok=self._blok if self._blok != van.verwijderen else None)
        velden = {d.sleutel for d in self._delen if isinstance(d, Veld)}
        if van is not None and velden - set(van.was):
            flash("Door uw antwoorden zijn er vragen bijgekomen.", "info")
            return self._adres(blok=self._blok)
        fouten = set(fouten_op(self._beeld, self._delen))
        if fouten - set(request.form.getlist("gemeld")):
            return self._adres(blok=self._blok, nakijken="1")
        if self._blok is not None:
            return self._adres(blok=self._plek(self._blok)[1])
        return self.na()

    def na(self) -> str:
        """The next page that is asked."""
        for nr in range(self._nr + 1, len(self._blad.paginas) + 1):
            if self._blad.wordt_gevraagd(self._blad.paginas[nr - 1]):
                return self._adres(nr)
        return url_for("papier.afronden", uid=self._invoer.bezoek.uid, invoer_uid=self._invoer.uid)

    def toon(
        self, fouten: dict[str, str] | None = None, melding: str = "", status: int = 422
    ) -> str | tuple[str, int] | WerkzeugResponse:
        """The page. ``fouten``: what could not be read; what was typed then stands in the fields again."""
        typefouten = fouten or {}
        zichtbaar = dict(typefouten)
        if request.args.get("nakijken") == "1" or melding:
            zichtbaar = fouten_op(self._beeld, self._delen) | zichtbaar
        was = {d.sleutel: list(d.ruw) for d in self._delen if isinstance(d, Veld)}
        noten = {d.sleutel: d.noot for d in self._delen if isinstance(d, Veld) and (d.wil_noot or d.noot)}
        # The lines of a text area come back with carriage returns; what stood there is compared without them.
        if self._van is not None and melding:
            self._zet_getypt_terug(typefouten if fouten else None)
        groep, ouder = self._plek(self._blok) if self._blok else ("", None)
        pagina_ = render_template(
            "controles/papier_pagina.html",
            bezoek=self._invoer.bezoek,
            invoer=self._invoer,
            nr=self._nr,
            paginas=[(i, p, self._blad.wordt_gevraagd(p)) for i, p in enumerate(self._blad.paginas, 1)],
            deel=self._pagina.deel,
            delen=self._delen,
            velden=[d for d in self._delen if isinstance(d, Veld)],
            lijsten=[d for d in self._delen if isinstance(d, Lijst)],
            was=json.dumps({"v": was, "n": noten}, ensure_ascii=False),
            fouten=zichtbaar,
            melding=melding,
            blok=self._blok,
            groep=groep,
            ouder=ouder,
            bloktitel=self._bloktitel(groep),
            adres=self._adres,
            hier=self._adres(blok=self._blok),
            nieuw_id=nieuw_id,
        )
        if request.method == "GET":
            gegevens = {"papier": self._nr}
            leg_vast(
                self._db,
                self._actor,
                klok().nu(),
                "bezoek_gelezen",
                "bezoek",
                self._invoer.bezoek.uid,
                gegevens=gegevens,
            )
        db.session.commit()
        return (pagina_, status) if melding else pagina_

    def _bloktitel(self, groep: str) -> str:
        if not self._blok:
            return ""
        label = self._beeld.vragen[groep].label if groep in self._beeld.vragen else groep
        return f"{label} {self._beeld.sessie.plaats_van(self._blok)}"

    def _zet_getypt_terug(self, alleen: dict[str, str] | None) -> None:
        """Put what was typed back; of what was stored already, the stored value stands there."""
        van = self._van
        for deel in self._delen:
            if van is None or not isinstance(deel, Veld):
                continue
            if deel.sleutel in van.waarden and (alleen is None or deel.sleutel in alleen):
                deel.ruw = van.waarden[deel.sleutel]
            if alleen is None and deel.sleutel in van.noten:
                deel.noot = van.noten[deel.sleutel]
