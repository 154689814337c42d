"""Addresses of the registry and of the associative structures."""

from django.urls import path

from organisations.views import organisation, places, registry, report, structures

app_name = "organisations"

urlpatterns = [
    path("organizatii/", registry.OrganisationList.as_view(), name="list"),
    path("organizatii/harta/", registry.organisation_map, name="map"),
    path("organizatii/judet/<slug:county>/", places.county, name="county"),
    path("organizatii/judet/<slug:county>/<slug:uat>/", places.uat, name="uat"),
    path("organizatii/<slug:slug>/", organisation.detail, name="detail"),
    path("organizatii/<slug:slug>/sesizare/", report.report, name="report"),
    path("organizatii/sesizare/primita/<str:token>/", report.report_receipt, name="report_receipt"),
    path("structuri/", structures.structure_list, name="structure_list"),
    path("structuri/<slug:slug>/", structures.structure_detail, name="structure_detail"),
]
