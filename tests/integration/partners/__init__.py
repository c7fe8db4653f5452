"""Partners: acts, pages and what readiness says of them."""
