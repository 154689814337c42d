"""What the law asks of a host of volunteers: its duties, the papers for them, and where each statement comes from."""
