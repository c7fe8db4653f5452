"""Readiness and briefing in a browser."""
