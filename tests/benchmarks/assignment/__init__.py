"""How long an assignment of visits takes, and how far from the best it can be."""
