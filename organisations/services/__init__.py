"""What happens to organisations and structures."""
