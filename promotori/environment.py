"""Every environment variable the portal reads, declared once: type, default and a sentence."""

from typing import Annotated, Literal
from urllib.parse import urlsplit

from pydantic import Field, SecretStr, ValidationError, field_validator, model_validator
from pydantic_settings import BaseSettings, NoDecode, SettingsConfigDict

# Prefix of every secret that is printed in the open by the demo; production refuses a key that has it.
DEMO_SECRET_PREFIX = "demo-only-"  # noqa: S105


class Environment(BaseSettings):
    """Settings of the process, read from the environment and, beside it, from a file `.env`.

    Raises ``pydantic.ValidationError`` naming each variable that is missing or malformed.
    """

    model_config = SettingsConfigDict(env_file=".env", extra="ignore", env_ignore_empty=True)

    portal_mode: Literal["production", "demo", "test"] = Field(
        "production", description="What this installation is; `demo` and `test` allow printed secrets."
    )
    secret_key: SecretStr = Field(description="Signs sessions and links; 50 random characters or more.")
    database_url: str = Field(description="PostgreSQL server and database, as a libpq URL.")
    redis_url: str = Field(
        description="Redis or Valkey for the cache (redis:// or unix://, with a database number)."
    )
    broker_url: str = Field("", description="Redis or Valkey for Celery; when empty, REDIS_URL is used.")
    site_url: str = Field(
        "http://localhost:8000",
        description="Public address of the portal, for links in mails, feeds and PDFs.",
    )
    allowed_hosts: Annotated[list[str], NoDecode] = Field(
        default_factory=list, description="Host names served, separated by commas; empty means SITE_URL's."
    )
    contact_email: str = Field(
        "", description="Address of the programme's team, shown on the contact page; production requires it."
    )
    email_url: str = Field(
        "smtp://localhost:1025",
        description="Mail server: smtp://, smtp+tls:// or smtp+ssl://user:password@host:port.",
    )
    default_from_email: str = Field(
        "Promotorii Voluntariatului <portal@localhost>", description="Sender of the portal's mails."
    )
    oidc_server_url: str = Field(
        "", description="Issuer of an OpenID Connect provider for sign-in (https://…); empty means none."
    )
    oidc_client_id: str = Field("", description="Name of the portal at that provider.")
    oidc_client_secret: SecretStr = Field(SecretStr(""), description="Secret of the portal at that provider.")
    oidc_name: str = Field("", description="The provider's name, as the button on the sign-in page shows it.")
    media_root: str = Field(
        "var/media", description="Folder of the uploaded files; back it up with the database."
    )
    static_root: str = Field("var/static", description="Folder where collectstatic puts the files served.")
    database_pool_size: int = Field(
        0,
        ge=0,
        le=100,
        description="Connections kept open by a web process; 0 keeps one a thread, as workers need.",
    )
    behind_tls_proxy: bool = Field(
        True, description="Trust X-Forwarded-Proto from the proxy in front and send everybody to https."
    )
    page_cache_seconds: int = Field(
        300,
        ge=0,
        description="How long a public page may be kept; 0 keeps none. A change of data ends it at once.",
    )
    release: str = Field("dev", description="Name of the running release, part of every cache key.")
    log_level: Literal["DEBUG", "INFO", "WARNING", "ERROR"] = Field("INFO", description="Least level logged.")

    @model_validator(mode="after")
    def _whole_provider(self) -> "Environment":
        """An OpenID Connect provider is named by all four variables or by none."""
        given = [
            self.oidc_server_url,
            self.oidc_client_id,
            self.oidc_client_secret.get_secret_value(),
            self.oidc_name,
        ]
        if any(given) and not all(given):
            raise ValueError("OIDC_SERVER_URL, OIDC_CLIENT_ID, OIDC_CLIENT_SECRET and OIDC_NAME go together.")
        return self

    @field_validator("allowed_hosts", mode="before")
    @classmethod
    def _split(cls, value: object) -> object:
        return (
            [part.strip() for part in value.split(",") if part.strip()] if isinstance(value, str) else value
        )

    @property
    def hosts(self) -> list[str]:
        """Host names that Django accepts."""
        return self.allowed_hosts or [urlsplit(self.site_url).hostname or "localhost"]

    @property
    def is_production(self) -> bool:
        return self.portal_mode == "production"

    def production_faults(self) -> list[str]:
        """Sentences that say why this environment must not serve in production; empty outside it."""
        if not self.is_production:
            return []
        faults = []
        secret = self.secret_key.get_secret_value()
        if secret.startswith(DEMO_SECRET_PREFIX) or len(secret) < 50:
            faults.append("SECRET_KEY is the demo's or shorter than 50 characters.")
        if not self.contact_email:
            faults.append("CONTACT_EMAIL is missing: a public body must be reachable.")
        if not self.site_url.startswith("https://"):
            faults.append("SITE_URL must begin with https://.")
        if self.oidc_server_url and not self.oidc_server_url.startswith("https://"):
            faults.append("OIDC_SERVER_URL must begin with https://.")
        if "*" in self.hosts:
            faults.append("ALLOWED_HOSTS must name the hosts, not '*'.")
        return faults


def read_environment() -> Environment:
    """The process's environment; stops the start with one line a fault, naming the variable."""
    try:
        environment = Environment()  # type: ignore[call-arg]
    except ValidationError as error:
        lines = [f"{'.'.join(map(str, fault['loc'])).upper()}: {fault['msg']}" for fault in error.errors()]
        raise SystemExit("The environment is not complete:\n  " + "\n  ".join(lines)) from None
    faults = environment.production_faults()
    if faults:
        raise SystemExit("The portal does not start in production:\n  " + "\n  ".join(faults))
    return environment
