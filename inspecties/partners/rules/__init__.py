"""Rules about partners: powers, availability and calendars. Pure functions."""
