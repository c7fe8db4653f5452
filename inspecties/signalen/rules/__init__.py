"""Rules of signals: pure Python."""
