"""Files of organisations, in and out."""
