"""What the pages of the registry show: a query a screen."""
