"""Pages that a public body owes, the messages sent through them, and the health of the portal."""
