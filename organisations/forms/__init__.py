"""What may be typed about organisations."""
