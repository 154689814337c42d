"""What may be typed about gatherings."""
