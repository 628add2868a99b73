"""Flask: routes, forms, access."""
