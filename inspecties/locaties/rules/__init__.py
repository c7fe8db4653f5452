"""Rules of risk locations: pure Python."""
