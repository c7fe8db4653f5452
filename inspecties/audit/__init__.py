"""Append-only log of every act and every reading of a person or a dossier."""
