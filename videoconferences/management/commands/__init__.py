"""Commands of videoconferences."""
