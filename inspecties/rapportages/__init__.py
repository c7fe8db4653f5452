"""Yearly norms and overviews."""
