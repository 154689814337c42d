"""What people see of gatherings."""
