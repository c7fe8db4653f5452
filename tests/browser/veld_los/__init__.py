"""The field app on its own, against a small server that speaks the protocol of ARCHITECTUUR.md."""
