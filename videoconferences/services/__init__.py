"""What happens to videoconferences; importing this registers what moves with a printed name."""

from videoconferences.services.joining import move_co_organisers

__all__ = ["move_co_organisers"]
