"""The Romanian catalogue: found in the sources, joined from its parts, reviewed."""
