"""JSON cases that both evaluators run, and how they are made."""
