"""Addresses of editions, announcements and documents."""

from django.urls import path

from programmes.views import editions, feeds, publications, structures

app_name = "programmes"

urlpatterns = [
    path("editii/", editions.edition_list, name="edition_list"),
    path("editii/<int:year>/", editions.edition_detail, name="edition_detail"),
    path("anunturi/", publications.AnnouncementList.as_view(), name="announcement_list"),
    path("anunturi/atom.xml", feeds.announcement_feed, name="announcement_feed"),
    path("anunturi/<slug:slug>/", publications.announcement_detail, name="announcement_detail"),
    path("documente/<slug:slug>/", publications.document_detail, name="document_detail"),
    path("documente/<slug:slug>/fisier", publications.document_file, name="document_file"),
    path("structuri/<slug:slug>/acoperire/", structures.structure_coverage_page, name="structure_coverage"),
]
