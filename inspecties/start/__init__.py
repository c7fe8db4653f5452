"""Home page per role, health, help and the files that a website owes the world."""
