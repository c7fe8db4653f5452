"""Partners in a browser."""
