"""Before what weighs: prove once more that it is you, and go on with what you were doing.

The gate calls it for every view that is marked ``@vereist(..., bevestigd=True)``. A file is asked for by a link: the
person goes to the page that asks, and from there to the file. A form that was sent is kept, field by field, in the page
that asks; nothing of it gets into an address.
"""

from flask import redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from inspecties.core.actor import Actor
from inspecties.core.fouten import OngeldigeInvoer
from inspecties.database.basis import db
from inspecties.gebruikers.bevestigen import VELD, BevestigingNodig, bevestig, bevestigd
from inspecties.gebruikers.factoren_forms import BevestigForm
from inspecties.web.poort import klok

# Of the form itself, made anew for the page that asks.
_NIET_BEWAREN = frozenset({VELD, "csrf_token"})


def _toon(fout: BevestigingNodig | None, status: int) -> ResponseReturnValue:
    form = BevestigForm(formdata=None)
    if fout is not None:
        form.meld_fout(VELD, fout.melding)
    velden = [(naam, w) for naam, w in request.form.items(multi=True) if naam not in _NIET_BEWAREN]
    return render_template("gebruikers/stap_op.html", form=form, veldnaam=VELD, velden=velden), status


def vraag_bevestiging(actor: Actor) -> ResponseReturnValue | None:
    """The page that asks, or None for who proved it just now or proves it in this request."""
    sessie, nu = db.session(), klok().nu()
    if bevestigd(sessie, actor, nu):
        return None
    if request.method != "POST":
        return redirect(url_for("factoren.bevestigen", volgende=request.full_path.rstrip("?")))
    if request.files:
        raise OngeldigeInvoer("Bevestig eerst bij 'Mijn account' dat u het bent, en kies het bestand daarna opnieuw.")
    bewijs = request.form.get(VELD, "")
    if not bewijs:
        return _toon(None, 403)
    try:
        bevestig(sessie, actor, nu, bewijs)
    except BevestigingNodig as fout:
        return _toon(fout, fout.status)
    # On its own: what comes after may still be refused, and is then not asked again.
    sessie.commit()
    return None
