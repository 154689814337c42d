"""What tests of the account share."""

import pytest


@pytest.fixture
def quick_forms(monkeypatch):
    """Public forms are taken at once: their guards are tried in test_sign_up.py."""
    monkeypatch.setattr("core.publicforms.PublicFormMixin._check_time", lambda form, opened: None)
