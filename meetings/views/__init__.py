"""What participants see and press."""
