"""Tables, named constraints, tiny properties."""
