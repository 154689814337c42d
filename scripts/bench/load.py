"""A small closed-loop load: a few keep-alive connections, each asking for the next page when one has come."""

import asyncio
import itertools
import time
from collections.abc import Sequence
from dataclasses import dataclass
from statistics import quantiles


@dataclass(frozen=True)
class Figures:
    """What a run of the load saw: requests a second and milliseconds a request."""

    requests: int
    seconds: float
    p50: float
    p95: float

    @property
    def rate(self) -> float:
        return self.requests / self.seconds


class BadAnswerError(Exception):
    """The portal answered something else than 200: the figures would be of errors."""


async def _ask(reader: asyncio.StreamReader, writer: asyncio.StreamWriter, request: bytes) -> None:
    writer.write(request)
    head = await reader.readuntil(b"\r\n\r\n")
    if not head.startswith(b"HTTP/1.1 200"):
        raise BadAnswerError(head.split(b"\r\n", 1)[0].decode() + " for " + request.split(b" ")[1].decode())
    length = next(
        int(line.split(b":")[1]) for line in head.split(b"\r\n") if line.lower().startswith(b"content-length")
    )
    await reader.readexactly(length)


async def _connection(
    port: int, requests: "itertools.cycle[bytes]", until: float, times: list[float]
) -> None:
    reader, writer = await asyncio.open_connection("127.0.0.1", port, limit=1 << 20)
    while (begun := time.perf_counter()) < until:
        try:
            await _ask(reader, writer, next(requests))
        except (asyncio.IncompleteReadError, ConnectionError):
            # gunicorn recycles its workers and ends idle connections: a browser would open another one too.
            reader, writer = await asyncio.open_connection("127.0.0.1", port, limit=1 << 20)
            continue
        times.append(time.perf_counter() - begun)
    writer.close()


async def _drive(port: int, paths: Sequence[str], connections: int, seconds: float) -> Figures:
    requests = itertools.cycle(
        [
            f"GET {path} HTTP/1.1\r\nHost: localhost\r\nConnection: keep-alive\r\n\r\n".encode()
            for path in paths
        ]
    )
    times: list[float] = []
    begun = time.perf_counter()
    await asyncio.gather(*(_connection(port, requests, begun + seconds, times) for _ in range(connections)))
    spent = time.perf_counter() - begun
    cuts = quantiles(times, n=100)
    return Figures(len(times), spent, cuts[49] * 1000, cuts[94] * 1000)


def drive(port: int, paths: Sequence[str], *, connections: int = 8, seconds: float = 15) -> Figures:
    """Ask for ``paths`` in turn over ``connections`` for ``seconds``; raises on any answer but 200."""
    return asyncio.run(_drive(port, paths, connections, seconds))
