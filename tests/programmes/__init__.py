"""Tests of editions: phases, pages, announcements, documents."""
