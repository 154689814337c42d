"""Tests of videoconferences and of an edition's calendar."""
