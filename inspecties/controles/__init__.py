"""Visits: operations, evidence and findings."""
