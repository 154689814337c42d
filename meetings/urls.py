"""Addresses of what every kind of gathering has: a person's own registration, the pages of the team."""

from django.urls import path

from meetings.views import own, planning, team

app_name = "meetings"

urlpatterns = [
    path("inscrieri/<str:token>/", own.own, name="own"),
    path("intalniri/<int:meeting>/echipa/", team.team, name="team"),
    path("intalniri/<int:meeting>/inscrisi/", team.registrant_list, name="registrants"),
    path("intalniri/<int:meeting>/inscrisi/fisier", team.registrant_export, name="registrants_file"),
    path("intalniri/<int:meeting>/planificare/<slug:section>/", planning.plan_section, name="plan"),
    path("intalniri/<int:meeting>/pas/<slug:step>/", planning.meeting_step, name="step"),
]
