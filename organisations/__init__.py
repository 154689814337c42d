"""The registry of volunteering organisations and the four associative structures."""
