"""Addresses of what every kind of gathering has: a person's own registration, the pages of the team."""

from django.urls import path

from meetings.views import checkin, mine, own, planning, presence, register, reports, team

app_name = "meetings"

urlpatterns = [
    path("cont/inscrieri/", mine.mine, name="mine"),
    path("inscrieri/primita/<str:token>/", register.receipt, name="receipt"),
    path("inscrieri/<str:token>/", own.own, name="own"),
    path("inscrieri/<str:token>/confirmare/", own.confirm, name="confirm"),
    path("inscrieri/<str:token>/date/", own.change, name="change"),
    path("inscrieri/<str:token>/retragere/", own.cancel, name="cancel"),
    path("inscrieri/<str:token>/revenire/", own.again, name="again"),
    path("inscrieri/<str:token>/invitatie.ics", own.calendar, name="calendar"),
    path("inscrieri/<str:token>/prezenta/", checkin.check_in_own, name="check_in_own"),
    path("prezenta/<str:code>/", checkin.check_in, name="check_in"),
    path("prezenta/<str:code>/fara-inscriere/", checkin.newcomer, name="newcomer"),
    path("intalniri/<int:meeting>/echipa/", team.team, name="team"),
    path("intalniri/<int:meeting>/inscrisi/", team.registrant_list, name="registrants"),
    path("intalniri/<int:meeting>/inscrisi/fisier", team.registrant_export, name="registrants_file"),
    path("intalniri/<int:meeting>/planificare/<slug:section>/", planning.plan_section, name="plan"),
    path("intalniri/<int:meeting>/pas/<slug:step>/", planning.meeting_step, name="step"),
    path("intalniri/<int:meeting>/prezenta/", presence.presence, name="presence"),
    path("intalniri/<int:meeting>/prezenta/adauga/", presence.add_person, name="add_person"),
    path("intalniri/<int:meeting>/prezenta/<int:registration>/", presence.tick, name="tick"),
    path("intalniri/<int:meeting>/prezenta/raport/", reports.report, name="report"),
    path("intalniri/<int:meeting>/prezenta/raport/persoane/", reports.report_people, name="report_people"),
    path("intalniri/<int:meeting>/prezenta/raport/<int:line>/", reports.decide_line, name="decide_line"),
    path(
        "intalniri/<int:meeting>/prezenta/raport/<int:line>/inscriere/",
        reports.register_line,
        name="register_line",
    ),
]
