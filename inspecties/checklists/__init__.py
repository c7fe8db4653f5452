"""Checklists: XLSForms that know the law."""
