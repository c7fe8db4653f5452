"""Terms: how long, from when, until when, and which article says so. Rules only; no database, no clock."""
