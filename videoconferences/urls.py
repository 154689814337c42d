"""Addresses of videoconferences, and of an edition's official calendar, which is made from them."""

from django.urls import path

from videoconferences.views import (
    board,
    conclusion_list,
    conclusions,
    detail,
    figures,
    listing,
    official,
    planning,
    register,
    team,
)

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
    path("videoconferinte/<int:year>/<int:number>/inscriere/", register.register, name="register"),
    path("videoconferinte/<int:year>/<int:number>/concluzii/", conclusions.conclusions, name="conclusions"),
    path(
        "videoconferinte/<int:year>/<int:number>/concluzii/redactare/",
        conclusions.writing,
        name="conclusions_writing",
    ),
    path(
        "videoconferinte/<int:year>/<int:number>/cifre/",
        figures.videoconference_figures,
        name="figures",
    ),
    path("editii/<int:year>/cifre/", figures.edition_figures, name="edition_figures"),
    path("concluzii/", conclusion_list.ConclusionList.as_view(), name="conclusion_list"),
    path("concluzii/export/", conclusion_list.conclusion_export, name="conclusion_export"),
    path("videoconferinte/planificare/", planning.plan, name="plan"),
    path("videoconferinte/planificare/noua/", planning.new, name="plan_new"),
    path("videoconferinte/<int:year>/<int:number>/echipa/", team.team, name="team"),
    path(
        "videoconferinte/<int:year>/<int:number>/echipa/<slug:section>/",
        team.plan_section,
        name="plan_section",
    ),
    path("videoconferinte/<int:year>/<int:number>/copie/", planning.copy, name="plan_copy"),
    path("videoconferinte/<int:year>/<int:number>/serie/", planning.series, name="plan_series"),
    path("teme/", board.board, name="board"),
    path("teme/propuneri/noua/", board.propose, name="theme_propose"),
    path("teme/propuneri/<int:pk>/", board.change, name="theme_change"),
    path("teme/propuneri/<int:pk>/retragere/", board.withdraw, name="theme_withdraw"),
    path("teme/ordine/<slug:slug>/", board.rank, name="theme_rank"),
    path("editii/<int:year>/calendar/", official.edition_calendar, name="edition_calendar"),
    path("editii/<int:year>/calendar.pdf", official.edition_calendar_pdf, name="edition_calendar_pdf"),
    path("editii/<int:year>/calendar.ics", official.edition_calendar_ics, name="edition_calendar_ics"),
]
