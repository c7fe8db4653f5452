"""Organisations that take part in joint inspections."""
