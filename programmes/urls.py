"""Addresses of editions, announcements and documents."""

from django.urls import path

from programmes.views import editions, feeds, gatherings, publications, structures

app_name = "programmes"

urlpatterns = [
    path("editii/", editions.edition_list, name="edition_list"),
    path("editii/<int:year>/", editions.edition_detail, name="edition_detail"),
    path("editii/<int:year>/eveniment-final/", gatherings.closing_event, name="closing_event"),
    path(
        "editii/<int:year>/eveniment-final/inscriere/", gatherings.closing_register, name="closing_register"
    ),
    path(
        "editii/<int:year>/eveniment-final/materiale/<int:material>",
        gatherings.closing_material,
        name="closing_material",
    ),
    path(
        "editii/<int:year>/eveniment-final/materiale/<int:material>",
        gatherings.closing_material,
        name="closing_material",
    ),
    path(
        "editii/<int:year>/intalniri/<int:number>/materiale/<int:material>",
        gatherings.promoters_material,
        name="promoters_material",
    ),
    path("editii/<int:year>/intalniri/<int:number>/", gatherings.promoters_meeting, name="promoters_meeting"),
    path(
        "editii/<int:year>/intalniri/<int:number>/inscriere/",
        gatherings.promoters_register,
        name="promoters_register",
    ),
    path("anunturi/", publications.AnnouncementList.as_view(), name="announcement_list"),
    path("anunturi/atom.xml", feeds.announcement_feed, name="announcement_feed"),
    path("anunturi/<slug:slug>/", publications.announcement_detail, name="announcement_detail"),
    path("documente/<slug:slug>/", publications.document_detail, name="document_detail"),
    path("documente/<slug:slug>/fisier", publications.document_file, name="document_file"),
    path("structuri/<slug:slug>/acoperire/", structures.structure_coverage_page, name="structure_coverage"),
]
