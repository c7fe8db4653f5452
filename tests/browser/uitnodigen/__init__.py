"""Inviting partners in a browser."""
