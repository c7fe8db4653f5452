"""Mail: what waits to be sent, sending it, and what comes back."""
