"""Where the demo lies: invented polders on the open water of the Markermeer, in EPSG:28992 (metres)."""
