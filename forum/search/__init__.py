"""A library: finding things by what people type, in any script and spelling, and counting facets."""
