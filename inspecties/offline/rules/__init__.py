"""Pure rules of the field app's server side."""
