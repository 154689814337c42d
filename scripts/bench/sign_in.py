"""Print how long answers take for an address that has an account and for one that has none, with the real hasher.

    python -m scripts.bench.sign_in [--rounds 60] [--only "another code"]

Requests go through the whole portal in one process, known and unknown by turns, so that other work on the machine
falls on both. Limits on tries and the time trap of forms are off; the mails stay in the outbox.
"""

import argparse
import os
import statistics
import tempfile
import time
from collections.abc import Callable, Iterator
from itertools import count
from typing import Any
from unittest.mock import patch

from scripts.bench.__main__ import environment_of
from scripts.places import var_folder
from scripts.services import ServiceError, start
from scripts.steps import Stop, stopping_politely

PASSWORD = "un dud înflorit lângă gară"  # noqa: S105
SIGN_IN, SIGN_UP, CONFIRM, RESET = (
    f"/cont/{word}/" for word in ("autentificare", "inregistrare", "confirmare", "parola/uitata")
)
numbers = count()


def new_address() -> str:
    return f"noua{next(numbers)}@example.org"


def known_address(**fields: Any) -> str:
    """The confirmed address of an account that was just made."""
    from allauth.account.models import EmailAddress

    from core.accounts.models import User

    password = fields.pop("password", PASSWORD)
    user = User.objects.create_user(f"cunoscuta{next(numbers)}@example.org", password, **fields)
    EmailAddress.objects.create(user=user, email=user.email, verified=True, primary=True)
    return user.email


Spent = tuple[float, float]


def post(address: str, data: dict[str, str], prepare: tuple[str, dict[str, str]] | None = None) -> Spent:
    """Seconds of one POST by a new visitor, by the clock and of the processor; ``prepare`` comes before, uncounted."""
    from django.test import Client

    client = Client()
    client.get(SIGN_IN)
    if prepare:
        client.post(*prepare)
    began = time.perf_counter(), time.process_time()
    answer = client.post(address, data)
    spent = time.perf_counter() - began[0], time.process_time() - began[1]
    if answer.status_code not in (200, 302):
        raise Stop(f"{address} answered {answer.status_code}")
    return spent


def sign_in(email: str) -> Spent:
    return post(SIGN_IN, {"login": email, "password": "altceva"})


def sign_up(email: str) -> Spent:
    return post(SIGN_UP, {"full_name": "Ana Pop", "email": email, "password1": PASSWORD})


def reset(email: str) -> Spent:
    return post(RESET, {"email": email})


def resend(email: str) -> Spent:
    begun = (SIGN_UP, {"full_name": "Ana Pop", "email": email, "password1": PASSWORD})
    return post(CONFIRM, {"action": "resend"}, begun)


CASES: list[tuple[str, Callable[[str], Spent], Callable[[], str], Callable[[], str]]] = [
    ("sign-in, wrong password", sign_in, known_address, new_address),
    ("sign-in, closed account", sign_in, lambda: known_address(is_active=False), new_address),
    ("sign-in, account without password", sign_in, lambda: known_address(password=None), new_address),
    ("sign-up", sign_up, known_address, new_address),
    ("sign-up, another code", resend, known_address, new_address),
    ("forgotten password", reset, known_address, new_address),
]


def rows(rounds: int, only: str) -> Iterator[str]:
    """A line of the table for each case."""
    for name, act, known, unknown in CASES:
        if only not in name:
            continue
        times: dict[bool, list[Spent]] = {True: [], False: []}
        for number in range(2 * rounds + 4):
            is_known = number % 2 == 0
            spent = act(known() if is_known else unknown())
            # The first ones fill caches.
            if number >= 4:
                times[is_known].append(spent)
        cells = []
        for kind in (0, 1):
            known_ms, unknown_ms = (
                statistics.median(each[kind] for each in times[is_known]) * 1000 for is_known in (True, False)
            )
            cells.append(f"{known_ms:.1f} | {unknown_ms:.1f} | {known_ms / unknown_ms:.2f}")
        yield f"| {name} | {' | '.join(cells)} |"


def measure(rounds: int, only: str) -> None:
    import django

    django.setup()
    from django.core.management import call_command
    from django.test.utils import override_settings

    from core.publicforms import PublicFormMixin

    call_command("migrate", verbosity=0)

    def unguarded(form: PublicFormMixin) -> Any:
        return super(PublicFormMixin, form).clean()

    print("| answer | known, ms | unknown, ms | ratio | known, CPU ms | unknown, CPU ms | ratio |")
    print("|---|---:|---:|---:|---:|---:|---:|")
    limits = override_settings(ACCOUNT_RATE_LIMITS=False, ALLOWED_HOSTS=["testserver"])
    with limits, patch.object(PublicFormMixin, "clean", unguarded):
        for row in rows(rounds, only):
            print(row, flush=True)


def main() -> None:
    arguments = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    arguments.add_argument("--rounds", type=int, default=60)
    arguments.add_argument("--only", default="", help="a part of the name of a case")
    options = arguments.parse_args()
    try:
        services = start(var_folder() / "bench-sign-in")
    except ServiceError as error:
        raise Stop(str(error)) from error
    try:
        with tempfile.TemporaryDirectory(prefix="promotori-bench-") as files:
            os.environ.update(environment_of(services, files))
            # Files without hashed names, as tests have them: no collectstatic is needed.
            os.environ.update(DJANGO_SETTINGS_MODULE="promotori.settings", PORTAL_MODE="test")
            measure(options.rounds, options.only)
    finally:
        services.stop()
    print("Load (1, 5, 15 min): {:.1f} {:.1f} {:.1f}".format(*os.getloadavg()))


if __name__ == "__main__":
    with stopping_politely():
        main()
