"""What the pages of videoconferences show: a query a screen."""
