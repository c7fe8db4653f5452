"""A backup of the whole application, made while it runs, and the way back (sync-and-trust.md, rows 16 and 19).

A backup is a folder named after its moment, with the database, the store of files, and ``manifest.json``: what is in
it, with hashes. The manifest is written last and the folder gets its name after that, so that what has its name is
whole. Keys and settings are not in it.
"""
