"""Settings of the portal, in titled sections; every environment variable is declared in environment.py."""

from email.utils import parseaddr
from pathlib import Path
from urllib.parse import unquote, urlsplit

import django_stubs_ext
from celery.schedules import crontab
from django.utils.translation import gettext_lazy as _
from psycopg.conninfo import conninfo_to_dict

from promotori.admin_site import UNFOLD  # noqa: F401
from promotori.environment import read_environment

# Lets classes say what they are about, as in Paginator[Organisation], where Django has no such brackets.
django_stubs_ext.monkeypatch()

BASE_DIR = Path(__file__).resolve().parent.parent
ENV = read_environment()

# --- What this installation is -------------------------------------------------------------------
PORTAL_MODE = ENV.portal_mode
RELEASE = ENV.release
DEBUG = False
SECRET_KEY = ENV.secret_key.get_secret_value()
SITE_URL = ENV.site_url.rstrip("/")
ALLOWED_HOSTS = ENV.hosts
CONTACT_EMAIL = ENV.contact_email
ROOT_URLCONF = "promotori.urls"
WSGI_APPLICATION = "promotori.wsgi.application"

# --- Apps, floor by floor from the top -----------------------------------------------------------
INSTALLED_APPS = [
    "promotori.apps.PortalConfig",
    "videoconferences",
    "programmes",
    "meetings",
    "organisations",
    "core.pages",
    "core.documents",
    "core.jobs",
    "core.messaging",
    "core.territory",
    "core.accounts",
    "core",
    # Unfold's templates go before the admin's.
    "unfold.apps.BasicAppConfig",
    "unfold.contrib.filters",
    "unfold.contrib.forms",
    "unfold.contrib.import_export",
    "unfold.contrib.simple_history",
    "promotori.apps.PortalAdminConfig",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.postgres",
    "django.contrib.sitemaps",
    "django.contrib.humanize",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.usersessions",
    "allauth.socialaccount",
    "allauth.socialaccount.providers.openid_connect",
    "csp",
    "django_filters",
    "django_htmx",
    "import_export",
    "rules.apps.AutodiscoverRulesConfig",
    "simple_history",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "core.accounts.middleware.ContentPolicyMiddleware",
    "core.pages.middleware.MalformedRequestMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "core.typedtext.LoginRequiredMiddleware",
    "core.accounts.middleware.StaffSecondFactorMiddleware",
    "core.accounts.middleware.AdminLanguageMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "simple_history.middleware.HistoryRequestMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
]

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.template.context_processors.i18n",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "promotori.context.portal",
            ],
            "builtins": [
                "django.templatetags.i18n",
                "django.templatetags.static",
                "core.templatetags.components",
            ],
        },
    }
]


# --- Database, cache, broker ---------------------------------------------------------------------
def _database(url: str, pool_size: int) -> dict[str, object]:
    """Django's description of a libpq URL; socket folders come as ?host=/folder."""
    parts = conninfo_to_dict(url)
    options: dict[str, object] = {}
    if pool_size:
        options["pool"] = {"min_size": 1, "max_size": pool_size, "timeout": 10}
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": parts.pop("dbname", "promotori"),
        "USER": parts.pop("user", ""),
        "PASSWORD": parts.pop("password", ""),
        "HOST": parts.pop("host", ""),
        "PORT": str(parts.pop("port", "")),
        "CONN_MAX_AGE": 0 if pool_size else 600,
        "CONN_HEALTH_CHECKS": not pool_size,
        "OPTIONS": {**parts, **options},
    }


DATABASES = {"default": _database(ENV.database_url, ENV.database_pool_size)}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
CACHES = {
    "default": {
        "BACKEND": "core.cacheclient.RedisCache",
        "LOCATION": ENV.redis_url,
        "KEY_PREFIX": RELEASE,
    }
}
PAGE_CACHE_SECONDS = ENV.page_cache_seconds
SESSION_ENGINE = "django.contrib.sessions.backends.cached_db"
MESSAGE_STORAGE = "django.contrib.messages.storage.session.SessionStorage"

# --- Background work -----------------------------------------------------------------------------
CELERY_BROKER_URL = ENV.broker_url or ENV.redis_url
CELERY_TASK_IGNORE_RESULT = True
CELERY_TASK_ACKS_LATE = True
CELERY_WORKER_PREFETCH_MULTIPLIER = 1
CELERY_TIMEZONE = "Europe/Bucharest"
CELERY_BROKER_CONNECTION_RETRY_ON_STARTUP = True
# Work that a person watches may take minutes: it has a queue and a worker of its own, so that no mail waits behind it.
# Each worker names its queues; one that does not might take up others.
CELERY_TASK_DEFAULT_QUEUE = "celery"
CELERY_TASK_ROUTES = {"jobs.run": {"queue": "long"}}
CELERY_BEAT_SCHEDULE = {
    "deliver-mails": {"task": "messaging.deliver", "schedule": 30.0, "options": {"expires": 25}},
    "erase-old-mails": {"task": "messaging.erase_old", "schedule": 24 * 3600.0},
    "find-lost-jobs": {"task": "jobs.find_lost", "schedule": 60.0, "options": {"expires": 50}},
    "erase-old-imports": {"task": "organisations.erase_old_imports", "schedule": 24 * 3600.0},
    "erase-old-jobs": {"task": "jobs.erase_old", "schedule": 24 * 3600.0},
    "erase-old-exports": {"task": "core.erase_old_exports", "schedule": 24 * 3600.0},
    "forget-ended-sessions": {"task": "accounts.forget_ended_sessions", "schedule": 24 * 3600.0},
    "erase-unconfirmed": {"task": "accounts.erase_unconfirmed", "schedule": 24 * 3600.0},
    "forget-people": {"task": "accounts.forget_people", "schedule": 24 * 3600.0},
    "erase-old-feedback": {"task": "pages.erase_old_feedback", "schedule": 24 * 3600.0},
    "advance-reconfirmations": {"task": "organisations.advance_reconfirmations", "schedule": 24 * 3600.0},
    "send-digest": {"task": "organisations.send_digest", "schedule": crontab(hour=8, minute=0)},
    "forget-reporters": {"task": "organisations.forget_reporters", "schedule": 24 * 3600.0},
    "write-updates": {"task": "meetings.write_updates", "schedule": 60.0, "options": {"expires": 50}},
    "forget-participants": {"task": "meetings.forget_old", "schedule": 24 * 3600.0},
    "clear-report-files": {"task": "meetings.clear_report_files", "schedule": 24 * 3600.0},
    "release-held-places": {"task": "meetings.release_held", "schedule": 60.0, "options": {"expires": 50}},
    "write-reminders": {"task": "meetings.write_reminders", "schedule": 60.0, "options": {"expires": 50}},
    "advance-editions": {"task": "programmes.advance_editions", "schedule": 60.0, "options": {"expires": 50}},
}

# --- Language and time ---------------------------------------------------------------------------
LANGUAGE_CODE = "ro"
LANGUAGES = [("ro", _("Romanian")), ("en", _("English"))]
LOCALE_PATHS = [BASE_DIR / "locale"]
TIME_ZONE = "Europe/Bucharest"
USE_TZ = True
USE_I18N = True
FORMAT_MODULE_PATH = "promotori.formats"

# --- Files ---------------------------------------------------------------------------------------
STATIC_URL = "/static/"
STATICFILES_DIRS = [BASE_DIR / "static"]
STATIC_ROOT = BASE_DIR / ENV.static_root
MEDIA_URL = "/media/"
MEDIA_ROOT = BASE_DIR / ENV.media_root
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {
        "BACKEND": (
            "django.contrib.staticfiles.storage.StaticFilesStorage"
            if PORTAL_MODE == "test"
            else "promotori.staticfiles.StaticFilesStorage"
        )
    },
}
FORMS_URLFIELD_ASSUME_HTTPS = True
DATA_UPLOAD_MAX_MEMORY_SIZE = 5 * 1024 * 1024

# --- People and sign-in --------------------------------------------------------------------------
AUTH_USER_MODEL = "accounts.User"
AUTHENTICATION_BACKENDS = [
    "rules.permissions.ObjectPermissionBackend",
    "core.accounts.backends.PasswordBackend",
]
PASSWORD_HASHERS = [
    "django.contrib.auth.hashers.ScryptPasswordHasher",
    "django.contrib.auth.hashers.PBKDF2PasswordHasher",
]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.NumericPasswordValidator"},
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "home"
ACCOUNT_LOGOUT_REDIRECT_URL = "home"
ACCOUNT_ADAPTER = "core.accounts.adapter.AccountAdapter"
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*"]
ACCOUNT_EMAIL_VERIFICATION = "mandatory"
ACCOUNT_EMAIL_VERIFICATION_BY_CODE_ENABLED = True
ACCOUNT_PREVENT_ENUMERATION = "strict"
ACCOUNT_EMAIL_NOTIFICATIONS = True
ACCOUNT_EMAIL_SUBJECT_PREFIX = ""
# A code is sent twice more at most; three wrong ones end it.
ACCOUNT_EMAIL_VERIFICATION_SUPPORTS_RESEND = True
# One address a person; another one takes its place once it is confirmed, after the password was given again.
ACCOUNT_CHANGE_EMAIL = True
ACCOUNT_REAUTHENTICATION_REQUIRED = True
ACCOUNT_SESSION_REMEMBER = False
ACCOUNT_FORMS = {
    "add_email": "core.accounts.forms.AddEmailForm",
    "login": "core.accounts.forms.LoginForm",
    "signup": "core.accounts.forms.SignupForm",
    "change_password": "core.accounts.forms.ChangePasswordForm",
    "set_password": "core.accounts.forms.SetPasswordForm",
    "reset_password": "core.accounts.forms.ResetPasswordForm",
    "reset_password_from_key": "core.accounts.forms.ResetPasswordKeyForm",
    "reauthenticate": "core.accounts.forms.ReauthenticateForm",
    "confirm_email_verification_code": "core.accounts.forms.ConfirmEmailVerificationCodeForm",
}
MFA_ADAPTER = "core.accounts.passkeys.MFAAdapter"
MFA_FORMS = {
    "authenticate": "core.accounts.forms.AuthenticateForm",
    "authenticate_webauthn": "core.accounts.passkeys.AuthenticatePasskeyForm",
    "reauthenticate": "core.accounts.forms.ReauthenticateCodeForm",
    "reauthenticate_webauthn": "core.accounts.passkeys.ReauthenticatePasskeyForm",
    "activate_totp": "core.accounts.forms.ActivateTOTPForm",
    "add_webauthn": "core.accounts.passkeys.AddPasskeyForm",
    "edit_webauthn": "core.accounts.passkeys.RenamePasskeyForm",
    "login_webauthn": "core.accounts.passkeys.PasskeySignInForm",
}
# Limits on tries count by the visitor's address, which the proxy in front passes on.
ALLAUTH_TRUSTED_PROXY_COUNT = 1 if ENV.behind_tls_proxy else 0
# A code is taken for half a minute before and after its own, for clocks that differ.
MFA_TOTP_TOLERANCE = 1
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
# A passkey that checks its owner (finger, face, PIN) signs in alone: two factors in one.
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_PASSKEY_SIGNUP_ENABLED = False
# Browsers give passkeys to https and to localhost alone.
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = not SITE_URL.startswith("https://")
MFA_TOTP_ISSUER = "Promotorii Voluntariatului"
SOCIALACCOUNT_ADAPTER = "core.accounts.openid.SocialAccountAdapter"
SOCIALACCOUNT_FORMS = {
    "signup": "core.accounts.forms.ProviderSignupForm",
    "disconnect": "core.accounts.forms.DisconnectForm",
}
SOCIALACCOUNT_PROVIDERS = {
    "openid_connect": {
        "provider_class": "core.accounts.openid.Provider",
        "APPS": [
            {
                "provider_id": "oidc",
                "name": ENV.oidc_name,
                "client_id": ENV.oidc_client_id,
                "secret": ENV.oidc_client_secret.get_secret_value(),
                "settings": {"server_url": ENV.oidc_server_url, "oauth_pkce_enabled": True},
            }
        ]
        if ENV.oidc_server_url
        else [],
    }
}
# An address that the provider has verified opens the account that has it; see decision 12.
SOCIALACCOUNT_EMAIL_AUTHENTICATION = True
SOCIALACCOUNT_EMAIL_AUTHENTICATION_AUTO_CONNECT = True
SOCIALACCOUNT_REAUTHENTICATION_REQUIRED = True
SOCIALACCOUNT_STORE_TOKENS = False
SOCIALACCOUNT_REQUESTS_TIMEOUT = 10

# --- How long people are kept; the privacy notice and docs/operations.md say the same ------------
# Between the request to be forgotten and the erasure, so that it can be taken back.
ERASURE_GRACE_DAYS = 14
# Without a sign-in an account is erased after so many months, with notices so many days before.
INACTIVE_MONTHS = 24
INACTIVE_WARNING_DAYS = (30, 7)
# Accounts whose address nobody confirmed, and to which nothing belongs, are erased after so many days.
UNCONFIRMED_DAYS = 30

# --- Mail ----------------------------------------------------------------------------------------
_mail = urlsplit(ENV.email_url)
EMAIL_HOST = _mail.hostname or "localhost"
EMAIL_PORT = _mail.port or 25
EMAIL_HOST_USER = unquote(_mail.username or "")
EMAIL_HOST_PASSWORD = unquote(_mail.password or "")
EMAIL_USE_TLS = _mail.scheme == "smtp+tls"
EMAIL_USE_SSL = _mail.scheme == "smtp+ssl"
EMAIL_TIMEOUT = 15
EMAIL_BACKEND = "core.messaging.smtp.EmailBackend"
# A worker that holds a message longer is taken for dead: longer than all that EMAIL_TIMEOUT allows one message.
MESSAGE_LEASE_SECONDS = 180
# The first wait before a message is tried again; it doubles each time.
MESSAGE_RETRY_SECONDS = 30
DEFAULT_FROM_EMAIL = ENV.default_from_email
SERVER_EMAIL = parseaddr(DEFAULT_FROM_EMAIL)[1]

# --- Security ------------------------------------------------------------------------------------
_https = SITE_URL.startswith("https://")
SECURE_SSL_REDIRECT = _https and ENV.behind_tls_proxy
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if ENV.behind_tls_proxy else None
SECURE_REDIRECT_EXEMPT = [r"^healthz$", r"^readyz$"]
SECURE_HSTS_SECONDS = 31_536_000 if _https else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = _https
SECURE_HSTS_PRELOAD = _https
SECURE_REFERRER_POLICY = "same-origin"
SESSION_COOKIE_SECURE = _https
SESSION_COOKIE_SAMESITE = "Lax"
CSRF_COOKIE_SECURE = _https
# One cookie only, the session's, and that only for those who sign in or send a form.
CSRF_USE_SESSIONS = True
CSRF_FAILURE_VIEW = "core.pages.errors.csrf_failure"
CSRF_TRUSTED_ORIGINS = [SITE_URL]
X_FRAME_OPTIONS = "DENY"
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": ["'none'"],
        "script-src": ["'self'"],
        "style-src": ["'self'"],
        "img-src": ["'self'", "data:"],
        "font-src": ["'self'"],
        "connect-src": ["'self'"],
        "manifest-src": ["'self'"],
        "form-action": ["'self'"],
        "base-uri": ["'none'"],
        "frame-ancestors": ["'none'"],
    }
}
# What unfold needs, under /admin/ alone: expressions of Alpine and styles set by scripts.
ADMIN_CONTENT_SECURITY_POLICY = {
    **CONTENT_SECURITY_POLICY["DIRECTIVES"],
    "script-src": ["'self'", "'unsafe-eval'"],
    "style-src": ["'self'", "'unsafe-inline'"],
}

# --- History of changes, imports -----------------------------------------------------------------
SIMPLE_HISTORY_ENABLED = True
IMPORT_EXPORT_USE_TRANSACTIONS = True
IMPORT_EXPORT_ESCAPE_FORMULAE_ON_EXPORT = True

# --- Logs ----------------------------------------------------------------------------------------
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "{asctime} {levelname} {name}: {message}", "style": "{"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["console"], "level": ENV.log_level},
    # These tell each step of a document; what goes wrong in one is a warning.
    "loggers": {name: {"level": "WARNING"} for name in ("pikepdf", "weasyprint", "fontTools")},
}
