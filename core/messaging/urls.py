"""Addresses of messages: ending a kind of them by the link in a mail."""

from django.urls import re_path

from core.messaging import views

app_name = "messaging"

urlpatterns = [
    re_path(r"^oprire/(?P<token>[0-9A-Za-z:_\-]{1,500})/$", views.stop, name="stop"),
]
