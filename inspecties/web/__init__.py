"""What every page and endpoint shares: the gate, headers, errors, templates, logs."""
