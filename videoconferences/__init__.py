"""An edition's regional calendar: videoconferences, co-organisers, themes."""
