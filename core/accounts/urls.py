"""Addresses of the account; allauth's own views under Romanian words."""

from allauth.account import views as account
from allauth.mfa.base import views as mfa
from allauth.mfa.recovery_codes import views as recovery_codes
from allauth.mfa.totp import views as totp
from allauth.mfa.webauthn import views as webauthn
from allauth.socialaccount import views as socialaccount
from django.urls import path, re_path
from django.views.generic import RedirectView

from core.accounts.views import data, entrance, factors, openid, own, sessions
from core.messaging.views import notifications

urlpatterns = [
    path("", own.my_account, name="my_account"),
    path("profil/", own.profile, name="account_profile"),
    path("notificari/", notifications, name="account_notifications"),
    path("date/", data.my_data, name="account_data"),
    path("date/arhiva/", data.my_data_archive, name="account_data_archive"),
    path("date/stergere/", data.my_erasure, name="account_data_erasure"),
    path("date/pastrare/", data.keep, name="account_data_keep"),
    path("date/acorduri/<int:number>/retragere/", data.withdraw, name="account_consent_withdraw"),
    path("adresa/", own.AddressView.as_view(), name="account_email"),
    path("autentificare/", entrance.LoginView.as_view(), name="account_login"),
    path("autentificare/cheie/", entrance.PasskeySignInView.as_view(), name="mfa_login_webauthn"),
    path("iesire/", account.logout, name="account_logout"),
    path("inactiv/", account.account_inactive, name="account_inactive"),
    path("inregistrare/", entrance.SignupView.as_view(), name="account_signup"),
    path("reconfirmare/", account.reauthenticate, name="account_reauthenticate"),
    path("confirmare/", entrance.ConfirmAddressView.as_view(), name="account_email_verification_sent"),
    path("parola/", account.password_change, name="account_change_password"),
    path("parola/alegere/", account.password_set, name="account_set_password"),
    path("parola/uitata/", entrance.PasswordResetView.as_view(), name="account_reset_password"),
    path("parola/uitata/trimis/", account.password_reset_done, name="account_reset_password_done"),
    re_path(
        r"^parola/noua/(?P<uidb36>[0-9A-Za-z]{1,13})-(?P<key>[0-9A-Za-z:_-]{1,200})/$",
        account.password_reset_from_key,
        name="account_reset_password_from_key",
    ),
    path(
        "parola/noua/gata/", account.password_reset_from_key_done, name="account_reset_password_from_key_done"
    ),
    path("securitate/", factors.SafetyView.as_view(), name="mfa_index"),
    path("securitate/cod/", entrance.SecondStepView.as_view(), name="mfa_authenticate"),
    path("securitate/reconfirmare/", mfa.reauthenticate, name="mfa_reauthenticate"),
    path("securitate/sesiuni/", sessions.session_list, name="usersessions_list"),
    path("securitate/sesiuni/<int:number>/incheiere/", sessions.session_end, name="session_end"),
    path("securitate/sesiuni/incheiere/", sessions.session_end_others, name="session_end_others"),
    path("securitate/chei/", RedirectView.as_view(pattern_name="mfa_index"), name="mfa_list_webauthn"),
    path("securitate/chei/noua/", factors.AddPasskeyView.as_view(), name="mfa_add_webauthn"),
    path("securitate/chei/<int:pk>/nume/", webauthn.edit_webauthn, name="mfa_edit_webauthn"),
    path("securitate/chei/<int:pk>/stergere/", webauthn.remove_webauthn, name="mfa_remove_webauthn"),
    path(
        "securitate/chei/reconfirmare/",
        factors.ProvePasskeyView.as_view(),
        name="mfa_reauthenticate_webauthn",
    ),
    path("identitate/", factors.ConnectionsView.as_view(), name="socialaccount_connections"),
    path("identitate/cont-nou/", socialaccount.signup, name="socialaccount_signup"),
    path("identitate/renuntat/", socialaccount.login_cancelled, name="socialaccount_login_cancelled"),
    path("identitate/<slug:provider_id>/", openid.openid_sign_in, name="openid_connect_login"),
    path("identitate/<slug:provider_id>/raspuns/", openid.openid_answer, name="openid_connect_callback"),
    path("securitate/aplicatie/", totp.activate_totp, name="mfa_activate_totp"),
    path("securitate/aplicatie/oprire/", totp.deactivate_totp, name="mfa_deactivate_totp"),
    path("securitate/coduri/", recovery_codes.view_recovery_codes, name="mfa_view_recovery_codes"),
    path(
        "securitate/coduri/noi/", recovery_codes.generate_recovery_codes, name="mfa_generate_recovery_codes"
    ),
    path(
        "securitate/coduri/descarcare/",
        recovery_codes.download_recovery_codes,
        name="mfa_download_recovery_codes",
    ),
]
