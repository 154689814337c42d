"""The demo's code is the one that the portal's second factor takes."""

from allauth.mfa.totp.internal.auth import validate_totp_code

from core.accounts import one_time_code


def test_code_is_taken_by_the_second_factor():
    code, seconds = one_time_code.current_code()
    assert validate_totp_code(one_time_code.DEMO_TOTP_SECRET, code)
    assert 1 <= seconds <= 30


def test_code_of_the_standard(monkeypatch):
    """RFC 6238, appendix B: the secret "12345678901234567890" at 59 s gives 94287082; the last six digits."""
    monkeypatch.setattr(one_time_code, "DEMO_TOTP_SECRET", "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ")
    monkeypatch.setattr(one_time_code.time, "time", lambda: 59)
    assert one_time_code.current_code() == ("287082", 1)
