"""Words for permits, nuisance and outlines."""

VERGUNNINGSTATUS: dict[str, str] = {
    "aangevraagd": "Aangevraagd",
    "verleend": "Verleend",
    "geweigerd": "Geweigerd",
    "ingetrokken": "Ingetrokken",
}

OVERLASTSOORTEN: dict[str, str] = {
    "geluid": "Geluid",
    "bezoekers": "Veel bezoekers, ook 's nachts",
    "afval": "Afval en vervuiling",
    "parkeren": "Parkeren en verkeer",
    "bedreiging": "Bedreiging of geweld",
    "drugs": "Drugs",
    "brandgevaar": "Brandgevaar",
    "anders": "Anders",
}

VLAKSOORTEN: dict[str, str] = {"pand": "Pand", "perceel": "Perceel"}
