"""Two records that were one."""
