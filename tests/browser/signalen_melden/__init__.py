"""Reporting a signal, in the office and on a tablet."""
