"""Tests of set-up, private servers and translations."""
