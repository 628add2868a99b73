"""Business forums between regions."""
