"""What the pages of editions show: a query a screen."""
