"""Loads the project's data files into every domain; the only place that may know all of them."""
