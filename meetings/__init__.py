"""What any gathering needs: time, place or link, agenda, materials."""
