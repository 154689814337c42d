"""Names found in documents."""
