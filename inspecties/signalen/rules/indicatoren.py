"""What may point to exploitation. A list is an aid, never a verdict: nothing is computed from it."""

# Montfoort signalenkaart 4.3 and the groups that it calls more vulnerable: code -> what it says.
INDICATOREN: dict[str, str] = {
    "begeleider_aanwezig": "Er is steeds een begeleider bij",
    "vage_uitleg_verwondingen": "Vage uitleg over verwondingen",
    "bedreiging": "Bedreiging van het slachtoffer of de familie",
    "klachten_door_werk": "Lichamelijke klachten door het werk",
    "verslaving": "Verslaving",
    "tatoeage_naam": "Tatoeage met een naam of teken",
    "geisoleerd": "Afgesloten van familie en vrienden",
    "plots_veel_geld": "Plotseling veel geld of andere kleding",
    "afpersing_beelden": "Afpersing met beelden",
    "woont_op_werkplek": "Woont op de werkplek",
    "paspoort_niet_in_bezit": "Heeft het eigen paspoort niet",
    "reis_niet_zelf_geregeld": "Heeft de reis niet zelf geregeld",
    "werkadres_onbekend": "Kent het werkadres niet",
    "schulden": "Opgebouwde schulden",
    "ongedocumenteerd": "Geen verblijfspapieren",
    "minderjarig": "Lijkt minderjarig",
}

# The same, grouped as a person who looks around thinks of them.
GROEPEN: dict[str, tuple[str, ...]] = {
    "De persoon": ("minderjarig", "vage_uitleg_verwondingen", "klachten_door_werk", "verslaving", "tatoeage_naam"),
    "De omgeving": ("begeleider_aanwezig", "bedreiging", "geisoleerd", "afpersing_beelden"),
    "Werk en reis": ("woont_op_werkplek", "werkadres_onbekend", "paspoort_niet_in_bezit", "reis_niet_zelf_geregeld"),
    "Geld en papieren": ("plots_veel_geld", "schulden", "ongedocumenteerd"),
}
