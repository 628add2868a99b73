"""Who goes on which visit: wishes to seats, with a certificate and a reason for each person."""
