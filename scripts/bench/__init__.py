"""Figures of the running portal: `make bench`."""
