"""Planning and running joint inspections."""
