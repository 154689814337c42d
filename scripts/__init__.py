"""Set-up, private servers, translations, checks and benchmarks; nothing here is part of the portal."""
