"""Tests of the door to WeasyPrint."""
