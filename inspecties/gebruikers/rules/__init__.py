"""Rules of users and gemeenten: pure Python."""
