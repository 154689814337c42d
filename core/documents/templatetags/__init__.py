"""Template filters of documents."""
