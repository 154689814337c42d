"""The legal guide for hosts of volunteers and its papers."""
