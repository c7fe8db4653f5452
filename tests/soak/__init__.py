"""The long proof of the field app: the promises of the fast tests, many more times. See ``make soak``."""
