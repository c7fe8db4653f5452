"""Which columns name a file in the store by its SHA-256: what a backup takes along and a destruction takes away."""

BESTANDSKOLOMMEN: frozenset[tuple[str, str]] = frozenset(
    {
        ("actieverslag", "sha256"),
        ("actieverslag", "sha256_zonder"),
        ("afgeleide", "sha256"),
        ("besluit", "stuk_sha256"),
        ("bewijsstuk", "sha256"),
        ("briefversie", "docx_sha256"),
        ("kennisgeving", "bewijs_sha256"),
        ("bronstuk", "sha256"),
        ("locatiedocument", "sha256"),
        ("machtiging", "sha256"),
        ("redactiekopie", "sha256"),
        ("sjabloonversie", "sha256"),
        ("stuk", "sha256"),
        ("verslag_binnentreden", "sha256"),
        ("volledigdossier", "pdf_sha256"),
        ("volledigdossier", "zip_sha256"),
        ("verstrekking", "sha256"),
    }
)
