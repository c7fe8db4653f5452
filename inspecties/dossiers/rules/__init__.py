"""Rules of dossiers: pure Python."""
