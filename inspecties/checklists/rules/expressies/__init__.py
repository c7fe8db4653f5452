"""The XPath subset of XLSForm: text to JSON tree, and the tree's evaluation."""
