"""Pages that put the domains together: the home page, the search, the gallery of components."""
