"""Addresses of a person's own work in the background, under /cont/lucrari/."""

from django.urls import path

from core.jobs import views

app_name = "jobs"
urlpatterns = [
    path("", views.listing, name="list"),
    path("<uuid:pk>/", views.detail, name="detail"),
    path("<uuid:pk>/oprire/", views.stop, name="stop"),
    path("<uuid:pk>/fisier/", views.result_file, name="file"),
]
