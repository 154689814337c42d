"""Pages of people: the ways in, the own area, one's name and address, sessions, keys."""
