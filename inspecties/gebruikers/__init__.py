"""Gemeenten, users, roles, sessions and devices."""
