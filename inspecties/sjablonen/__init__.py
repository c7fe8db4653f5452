"""Templates in Word: what one may hold, versions per gemeente, filled in and printed."""
