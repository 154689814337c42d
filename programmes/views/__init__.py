"""What people see of editions."""
