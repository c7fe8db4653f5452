"""Rules of mail: what may stand in it, when it is tried again, and appointments for a calendar."""
