"""Rules of visits: operations, folding, gaps. Pure Python."""
