"""Editions of the programme: parts, mandates, partners, activities, announcements."""
