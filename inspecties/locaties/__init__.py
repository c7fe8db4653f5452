"""Risk locations, their addresses and the map."""
