"""Tests of what puts the parts together: home, search, loading."""
