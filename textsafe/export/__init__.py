"""Records in, text or bytes out: one pure function for each format."""
