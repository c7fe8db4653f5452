"""Loading the demo world into a database."""
