"""Addresses of the registry and of the associative structures."""

from django.urls import path

from organisations.views import (
    enrolment,
    legal,
    organisation,
    places,
    registry,
    report,
    structures,
    submission,
)
from organisations.views.own import enrolment as own_enrolment
from organisations.views.own import identity, invitation, overview, people, profile, upkeep

app_name = "organisations"

_OWN = "cont/organizatie/<slug:slug>/"
own_patterns = [
    path("cont/organizatie/", overview.start, name="own_start"),
    path(_OWN, overview.overview, name="own"),
    path(f"{_OWN}profil/", profile.profile, name="own_profile"),
    path(f"{_OWN}profil/sigla/", profile.logo, name="own_logo"),
    path(f"{_OWN}profil/sigla/fisier/", profile.logo_file, name="own_logo_file"),
    path(f"{_OWN}profil/<slug:section>/", profile.section, name="own_section"),
    path(f"{_OWN}identitate/", identity.identity, name="own_identity"),
    path(f"{_OWN}identitate/retragere/", identity.withdraw, name="own_identity_withdraw"),
    path(f"{_OWN}inscriere/", own_enrolment.enrol, name="own_enrol"),
    path(f"{_OWN}oameni/", people.people, name="own_people"),
    path(f"{_OWN}oameni/invitare/", people.invite, name="own_invite"),
    path(f"{_OWN}oameni/invitatii/<int:number>/", people.invitation_action, name="own_invitation"),
    path(f"{_OWN}oameni/plecare/", people.leave, name="own_leave"),
    path(f"{_OWN}oameni/<int:number>/", people.person, name="own_person"),
    path(f"{_OWN}cifre/", upkeep.figures, name="own_figures"),
    path(f"{_OWN}cifre/<int:year>/", upkeep.figures_year, name="own_figures_year"),
    path(f"{_OWN}reconfirmare/", upkeep.confirm, name="own_confirm"),
    path(f"{_OWN}istoric/", upkeep.history, name="own_history"),
    path("invitatie/<str:token>/", invitation.invitation, name="invitation"),
]

urlpatterns = [
    path("organizatii/", registry.OrganisationList.as_view(), name="list"),
    path("organizatii/harta/", registry.organisation_map, name="map"),
    path("organizatii/judet/<slug:county>/", places.county, name="county"),
    path("organizatii/judet/<slug:county>/<slug:uat>/", places.uat, name="uat"),
    path("organizatii/inscriere/", enrolment.start, name="enrolment"),
    path("organizatii/inscriere/incepeti/", enrolment.begin, name="enrolment_begin"),
    path("organizatii/inscriere/localitati/", enrolment.localities, name="localities"),
    path("organizatii/inscriere/<int:pk>/", submission.submission, name="submission"),
    path("organizatii/inscriere/<int:pk>/depunere/", submission.lodge, name="submission_lodge"),
    path("organizatii/inscriere/<int:pk>/retragere/", submission.withdraw, name="submission_withdraw"),
    path("organizatii/inscriere/<int:pk>/revendicare/", submission.claim_waiting, name="claim_waiting"),
    path("organizatii/inscriere/<int:pk>/fisier-sigla/", enrolment.submitted_logo, name="submitted_logo"),
    path("organizatii/inscriere/<int:pk>/<slug:word>/", enrolment.step, name="submission_step"),
    path("organizatii/<slug:slug>/", organisation.detail, name="detail"),
    path("organizatii/<slug:slug>/sigla/", organisation.logo, name="logo"),
    path("organizatii/<slug:slug>/revendicare/", submission.claim, name="claim"),
    path("organizatii/<slug:slug>/sesizare/", report.report, name="report"),
    path("organizatii/sesizare/primita/<str:token>/", report.report_receipt, name="report_receipt"),
    path("ghid-juridic/", legal.guide, name="legal"),
    path("ghid-juridic/<slug:paper>.pdf", legal.paper_pdf, name="legal_paper_pdf"),
    path("ghid-juridic/<slug:paper>.odt", legal.paper_odt, name="legal_paper_odt"),
    path("structuri/", structures.structure_list, name="structure_list"),
    path("structuri/<slug:slug>/", structures.structure_detail, name="structure_detail"),
    *own_patterns,
]
