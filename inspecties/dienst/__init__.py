"""Running the service: server process, migrations at start, settings."""
