"""What happens to gatherings and to those who come."""
