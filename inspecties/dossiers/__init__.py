"""Proposals, dossiers, documents and decisions."""
