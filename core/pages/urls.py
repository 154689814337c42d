"""Addresses of the pages that a public body owes."""

from django.urls import path

from core.pages import views

app_name = "pages"
urlpatterns = [
    path("accesibilitate/", views.accessibility, name="accessibility"),
    path("confidentialitate/", views.privacy, name="privacy"),
    path("contact/", views.contact, name="contact"),
    path("contact/primit/<str:token>/", views.feedback_receipt, name="receipt"),
]
