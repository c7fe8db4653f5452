// @ts-check
// The signalenkaart and the words of a signal, on the tablet without network. Equal to config/signalenkaart.toml and the
// server's words: tests/unit/signalen/test_intake.py compares them.

export const KAART = {
  "uitleg": "Een hulpmiddel, geen oordeel. Vink alleen aan wat iemand zelf zag of hoorde.",
  "nood": [
    {
      "naam": "Direct gevaar: politie",
      "nummer": "112",
      "uitleg": "Bel eerst, meld daarna. Dag en nacht."
    },
    {
      "naam": "AVIM, de politie voor mensenhandel",
      "nummer": "0900-8844",
      "uitleg": "Vraag naar de AVIM van uw regio. Ook als er geen haast is."
    },
    {
      "naam": "Veilig Thuis, bij een minderjarige",
      "nummer": "0800-2000",
      "uitleg": "Dag en nacht, gratis."
    }
  ],
  "groepen": {
    "De persoon": {
      "minderjarig": "Lijkt minderjarig",
      "vage_uitleg_verwondingen": "Vage uitleg over verwondingen",
      "klachten_door_werk": "Lichamelijke klachten door het werk",
      "verslaving": "Verslaving",
      "tatoeage_naam": "Tatoeage met een naam of teken"
    },
    "De omgeving": {
      "begeleider_aanwezig": "Er is steeds een begeleider bij",
      "bedreiging": "Bedreiging van het slachtoffer of de familie",
      "geisoleerd": "Afgesloten van familie en vrienden",
      "afpersing_beelden": "Afpersing met beelden"
    },
    "Werk en reis": {
      "woont_op_werkplek": "Woont op de werkplek",
      "werkadres_onbekend": "Kent het werkadres niet",
      "paspoort_niet_in_bezit": "Heeft het eigen paspoort niet",
      "reis_niet_zelf_geregeld": "Heeft de reis niet zelf geregeld"
    },
    "Geld en papieren": {
      "plots_veel_geld": "Plotseling veel geld of andere kleding",
      "schulden": "Opgebouwde schulden",
      "ongedocumenteerd": "Geen verblijfspapieren"
    }
  },
  "vormen": {
    "seksuele_uitbuiting": "Seksuele uitbuiting",
    "arbeidsuitbuiting": "Arbeidsuitbuiting",
    "criminele_uitbuiting": "Criminele uitbuiting",
    "onbekend": "Nog onbekend"
  },
  "urgenties": {
    "normaal": "Normaal",
    "hoog": "Hoog",
    "direct_gevaar": "Direct gevaar"
  },
  "bronnen": {
    "medewerker": "Medewerker",
    "inwoner": "Inwoner",
    "meld_misdaad_anoniem": "Meld Misdaad Anoniem",
    "partner": "Partner",
    "bestuurlijke_rapportage": "Bestuurlijke rapportage",
    "verhuurder": "Verhuurder",
    "hotel": "Hotel"
  }
};
