"""What people see of videoconferences."""
