"""Papers: frozen documents in, PDF bytes out. A library that knows neither web nor tables."""
