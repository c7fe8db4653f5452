"""Signals of exploitation."""
