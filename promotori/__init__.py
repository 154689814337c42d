"""The portal's settings and front door."""

from promotori.celery import app as celery_app

__all__ = ["celery_app"]
