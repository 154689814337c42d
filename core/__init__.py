"""What every programme would need and none is named in: people, places, texts, states."""
