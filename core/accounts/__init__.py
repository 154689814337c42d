"""People, their sign-in with a second factor, and the roles that they hold."""
