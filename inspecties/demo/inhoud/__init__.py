"""What happens in the demo: risk locations, signals, actions and dossiers, as plain frozen data."""
