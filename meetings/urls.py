"""Addresses of what every kind of gathering has: a person's own registration, the pages of the team."""

from django.urls import path

from meetings.views import own

app_name = "meetings"

urlpatterns = [
    path("inscrieri/<str:token>/", own.own, name="own"),
]
