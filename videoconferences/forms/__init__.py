"""What may be typed about videoconferences."""
