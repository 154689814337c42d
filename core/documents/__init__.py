"""Documents that leave as PDF: the one door to WeasyPrint, for every floor above."""
