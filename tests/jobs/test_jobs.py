"""The life of a job: run once, told, stopped, found again after its worker died; its owner's alone."""

from datetime import timedelta
from pathlib import Path

import pytest
from django.test import Client
from django.utils import timezone

from core.accounts.choices import Role
from core.jobs import kinds, running, services, start_job
from core.jobs.models import Job
from core.jobs.running import JobFailedError, Outcome
from core.models import StateChange
from tests.factories.accounts import UserFactory, sign_in, staff_client

pytestmark = pytest.mark.django_db


@pytest.fixture
def work(monkeypatch, settings, tmp_path):
    """Registers a function as the kind "proba"; every line is told at once."""
    settings.MEDIA_ROOT = tmp_path
    monkeypatch.setattr(kinds, "_kinds", {})
    monkeypatch.setattr(running, "_EVERY", 0)
    return lambda function, **options: kinds.job_kind("proba", label="Lucrare de probă", **options)(function)


def started(**arguments) -> Job:
    return start_job("proba", owner=UserFactory(), arguments=arguments)


def ran(job: Job) -> Job:
    services.run(pk=str(job.pk))
    job.refresh_from_db()
    return job


def test_job_tells_how_far_it_is_and_leaves_its_result_to_its_owner(work, tmp_path):
    seen = []

    def count(run, upto):
        for number in range(upto):
            run.progress(number, total=upto, note="Se numără")
            seen.append(Job.objects.values_list("done", "total", "note").get())
        path = Path(tmp_path / "out")
        path.write_text("unu\n")
        return Outcome("Gata.", [("Numărate", "3")], [("Vedeți", "/")], file=path, file_name="numere.csv")

    work(count)
    job = ran(started(upto=3))
    owner, other = sign_in(Client(), job.owner), staff_client(Role.ADMINISTRATOR)
    page = owner.get(job.get_absolute_url())
    file = owner.get(f"{job.get_absolute_url()}fisier/")

    assert seen == [(0, 3, "Se numără"), (1, 3, "Se numără"), (2, 3, "Se numără")]
    assert (job.status, job.done, job.note) == ("done", 3, "")
    assert all(words in page.text for words in ("Lucrare de probă", "Gata.", "Numărate", "Terminată"))
    assert b"".join(file) == b"unu\n"
    assert 'filename="numere.csv"' in file["Content-Disposition"]
    for address in ("", "fisier/"):
        assert other.get(f"{job.get_absolute_url()}{address}").status_code == 404
    assert other.post(f"{job.get_absolute_url()}oprire/").status_code == 404
    assert other.get(f"/admin/jobs/job/{job.pk}/change/").status_code == 200


def test_page_of_a_job_at_work_refreshes_with_and_without_scripts(work):
    work(lambda run: None)
    job = started()
    client = sign_in(Client(), job.owner)
    page = client.get(job.get_absolute_url()).text
    part = client.get(job.get_absolute_url(), headers={"HX-Request": "true"}).text

    # Without scripts by a link: a page that loads itself anew takes the focus away.
    assert f'href="{job.get_absolute_url()}"' in page
    assert f'hx-get="{job.get_absolute_url()}"' in part
    assert "<html" not in part
    ran(job)
    ended = client.get(job.get_absolute_url(), headers={"HX-Request": "true"})
    assert "hx-get" not in ended.text
    assert ended["HX-Refresh"] == "true"


def test_stop_is_heard_at_the_next_step_and_a_waiting_job_stops_at_once(work):
    def endless(run):
        for number in range(1000):
            run.progress(number)
            if number == 5:
                client.post(f"{job.get_absolute_url()}oprire/")
        raise AssertionError("not stopped")

    work(endless)
    job, waiting = started(), started()
    client = sign_in(Client(), job.owner)
    ran(job)
    answer = sign_in(Client(), waiting.owner).post(f"{waiting.get_absolute_url()}oprire/", follow=True)
    ran(waiting)

    assert (job.status, job.done) == ("stopped", 6)
    assert waiting.status == "stopped"
    assert "Lucrarea se oprește" in answer.text
    assert "se încheiase deja" in client.post(f"{job.get_absolute_url()}oprire/", follow=True).text


def test_error_is_said_in_words(work):
    def wrong(run, known):
        if known:
            raise JobFailedError("Fișierul a dispărut.")
        raise RuntimeError("secret detail")

    work(wrong)

    assert ran(started(known=True)).error == "Fișierul a dispărut."
    failed = ran(started(known=False))
    assert failed.status == "failed"
    assert "Portalul a făcut o eroare" in failed.error


def test_job_of_a_killed_worker_is_taken_up_again_and_given_up_at_last(work):
    work(lambda run: Outcome("Gata."))
    job = started()
    now = timezone.now()
    for _attempt in range(services.MOST_ATTEMPTS):
        services.JOB_WORKFLOW.perform(job, "start", actor=None)
        assert services.find_lost(now=now) == 0
        Job.objects.update(heartbeat_at=now - timedelta(minutes=3))
        assert services.find_lost(now=now) == 1
        job.refresh_from_db()

    assert job.status == "failed"
    assert "întreruptă" in job.error


def test_second_delivery_does_nothing_and_a_worker_that_wakes_late_writes_nothing(work):
    def slow(run):
        services.run(pk=str(run.job.pk))
        Job.objects.update(heartbeat_at=timezone.now() - timedelta(minutes=3))
        services.find_lost(now=timezone.now())
        times.append(1)
        if len(times) == 1:
            services.run(pk=str(run.job.pk))
            run.progress(99)
        return Outcome(f"A {len(times)}-a oară")

    times = []
    work(slow)
    job = ran(started())

    # The second worker lost it too: its own heart stood still as well.
    assert len(times) == 2
    assert (job.status, job.done) == ("queued", 0)
    assert ran(job).result["sentence"] == "A 3-a oară" if job.status == "done" else True


def test_work_that_may_not_begin_again_fails_and_a_lost_message_is_sent_again(work):
    work(lambda run: None, resumable=False)
    job, waiting = started(), started()
    services.JOB_WORKFLOW.perform(job, "start", actor=None)
    old = timezone.now() - timedelta(minutes=3)
    Job.objects.filter(pk=job.pk).update(heartbeat_at=old)
    Job.objects.filter(pk=waiting.pk).update(created_at=old)

    assert services.find_lost(now=timezone.now()) == 2
    job.refresh_from_db()
    waiting.refresh_from_db()
    assert (job.status, waiting.status) == ("failed", "queued")


def test_old_jobs_go_with_their_files_and_steps(work, tmp_path, django_capture_on_commit_callbacks):
    def make(run):
        (tmp_path / "out").write_text("x")
        return Outcome(file=tmp_path / "out", file_name="x.csv")

    work(make)
    job, young = ran(started()), ran(started())
    Job.objects.filter(pk=job.pk).update(created_at=timezone.now() - timedelta(days=31))
    with django_capture_on_commit_callbacks(execute=True):
        assert services.erase_old(now=timezone.now()) == 1

    assert not Path(job.result_file.path).exists()
    assert Path(young.result_file.path).exists()
    assert not StateChange.objects.filter(object_id=str(job.pk)).exists()


def test_unknown_kind_is_refused_and_a_lost_one_fails_in_words(work):
    with pytest.raises(KeyError):
        started()
    lost = Job.objects.create(kind="gone", owner=UserFactory(), language="ro")

    assert "nu mai cunoaște" in ran(lost).error
    assert kinds.kinds() == []


def test_list_holds_ones_own_work(work):
    work(lambda run: Outcome("Gata."))
    mine, others = ran(started()), started()
    client = sign_in(Client(), mine.owner)
    page = client.get("/cont/lucrari/?pagina=x").text

    assert mine.get_absolute_url() in page
    assert others.get_absolute_url() not in page
    assert 'href="/cont/lucrari/"' in client.get("/cont/").text
    nobody = sign_in(Client(), UserFactory())
    assert "Nu ați cerut" in nobody.get("/cont/lucrari/").text
    assert 'href="/cont/lucrari/"' not in nobody.get("/cont/").text
