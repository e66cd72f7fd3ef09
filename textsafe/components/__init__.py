"""The finders of `textsafe.mentions` as spaCy components, one for each kind of mention."""
