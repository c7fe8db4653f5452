"""What every feature shares and that depends on nothing: clock, ids, errors, rights, state tables."""
