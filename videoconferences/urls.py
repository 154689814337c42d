"""Addresses of videoconferences, and of an edition's official calendar, which is made from them."""

from django.urls import path

from videoconferences.views import detail, listing, official

app_name = "videoconferences"

urlpatterns = [
    path("videoconferinte/", listing.videoconference_list, name="list"),
    path("videoconferinte/calendar.ics", listing.calendar_ics, name="calendar_ics"),
    path("videoconferinte/<int:year>/<int:number>/", detail.videoconference_detail, name="detail"),
    path(
        "videoconferinte/<int:year>/<int:number>/materiale/<int:material>",
        detail.material_file,
        name="material",
    ),
    path("editii/<int:year>/calendar/", official.edition_calendar, name="edition_calendar"),
    path("editii/<int:year>/calendar.pdf", official.edition_calendar_pdf, name="edition_calendar_pdf"),
    path("editii/<int:year>/calendar.ics", official.edition_calendar_ics, name="edition_calendar_ics"),
]
