"""Addresses of what every kind of gathering has: a person's own registration, the pages of the team."""

from django.urls import path

from meetings.views import (
    afterwards,
    checkin,
    invited,
    inviting,
    mailing,
    mine,
    own,
    planning,
    presence,
    questions,
    register,
    replies,
    reports,
    team,
)

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
    path("inscrieri/<str:token>/intrebari/", questions.own_questions, name="own_questions"),
    path("prezenta/<str:code>/", checkin.check_in, name="check_in"),
    path("prezenta/<str:code>/fara-inscriere/", checkin.newcomer, name="newcomer"),
    path("intalniri/<int:meeting>/echipa/", team.team, name="team"),
    path("intalniri/<int:meeting>/inscrisi/", team.registrant_list, name="registrants"),
    path("intalniri/<int:meeting>/inscrisi/fisier", team.registrant_export, name="registrants_file"),
    path("intalniri/<int:meeting>/planificare/<slug:section>/", planning.plan_section, name="plan"),
    path("intalniri/<int:meeting>/pas/<slug:step>/", planning.meeting_step, name="step"),
    path("intalniri/<int:meeting>/intrebari/", questions.team_questions, name="team_questions"),
    path(
        "intalniri/<int:meeting>/intrebari/<int:question>/<slug:step>/",
        questions.question_step,
        name="question_step",
    ),
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
    path("cont/invitatii/", replies.of_structures, name="structure_invitations"),
    path("invitatii/<str:token>/", invited.invited, name="invited"),
    path("invitatii/<str:token>/inscriere/", invited.invited_register, name="invited_register"),
    path("intalniri/<int:meeting>/invitatii/", inviting.invite, name="invitations"),
    path("intalniri/<int:meeting>/invitatii/reamintire/", inviting.remind, name="invitation_reminder"),
    path("intalniri/<int:meeting>/invitatii/adrese/", inviting.addresses, name="invitation_addresses"),
    path(
        "intalniri/<int:meeting>/invitatii/adrese/<int:member>/", inviting.address, name="invitation_address"
    ),
    path("intalniri/<int:meeting>/raspunsuri/", replies.reply_list, name="replies"),
    path("intalniri/<int:meeting>/raspunsuri/fisier", replies.reply_file, name="replies_file"),
    path("intalniri/<int:meeting>/mesaje/", mailing.write_to_registrants, name="write"),
    path("intalniri/<int:meeting>/dupa/", afterwards.afterwards, name="afterwards"),
    path("intalniri/<int:meeting>/dupa/<int:material>/", afterwards.team_material, name="team_material"),
    path("inscrieri/<str:token>/parere/", afterwards.feedback, name="feedback"),
    path("inscrieri/<str:token>/inregistrare/", afterwards.transcript, name="recording"),
    path("inscrieri/<str:token>/materiale/<int:material>/", afterwards.own_material, name="own_material"),
]
