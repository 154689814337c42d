"""Takes every mail of the demo, writes it to var/mail and prints a line; nothing leaves the machine."""

import asyncio
import sys
from datetime import UTC, datetime
from email import message_from_bytes, policy
from pathlib import Path

from aiosmtpd.smtp import SMTP, Envelope, Session


class Catcher:
    """Keeps each message as one .eml file named by its time."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.folder.mkdir(parents=True, exist_ok=True)

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:  # noqa: N802
        content = envelope.original_content or b""
        path = self.folder / f"{datetime.now(UTC):%Y%m%dT%H%M%S.%f}.eml"
        path.write_bytes(content)
        subject = message_from_bytes(content, policy=policy.default)["subject"]
        print(f"  mail for {', '.join(envelope.rcpt_tos)}: {subject} ({path})", flush=True)
        return "250 kept"


async def serve(port: int, folder: Path) -> None:
    catcher = Catcher(folder)
    server = await asyncio.get_running_loop().create_server(
        lambda: SMTP(catcher, hostname="localhost", enable_SMTPUTF8=True), "127.0.0.1", port
    )
    async with server:
        await server.serve_forever()


if __name__ == "__main__":
    asyncio.run(serve(int(sys.argv[1]), Path(sys.argv[2])))
