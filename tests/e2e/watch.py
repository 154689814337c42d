"""What a page does behind the reader's back: requests, their weight, errors in the console."""

from collections.abc import Callable
from typing import Any

from playwright.sync_api import BrowserContext, ConsoleMessage, Error, Page, Request, Response


class Watch:
    """Collects what all pages of a context do, until it is closed."""

    def __init__(self, context: BrowserContext, origin: str) -> None:
        self.origin = origin
        self.errors: list[str] = []
        self.foreign: list[str] = []
        self.responses: list[Response] = []
        self._own: set[Request] = set()
        self._listening: list[tuple[BrowserContext | Page, str, Callable[..., None]]] = []
        self._listen(context, "page", self._follow)
        self._listen(context, "request", self._request)
        self._listen(context, "response", self._response)
        for page in context.pages:
            self._follow(page)

    def _listen(self, where: BrowserContext | Page, event: Any, listener: Callable[..., None]) -> None:
        where.on(event, listener)
        self._listening.append((where, event, listener))

    def _follow(self, page: Page) -> None:
        self._listen(page, "console", self._console)
        self._listen(page, "pageerror", self._error)

    def _error(self, error: Error) -> None:
        self.errors.append(str(error))

    def _console(self, message: ConsoleMessage) -> None:
        # A page that answers 404 on purpose is no fault of the page.
        if message.type == "error" and "status of 4" not in message.text:
            self.errors.append(message.text)

    def _request(self, request: Request) -> None:
        self._own.add(request)
        if not request.url.startswith((self.origin, "data:", "blob:", "about:")):
            self.foreign.append(request.url)

    def _response(self, response: Response) -> None:
        # Not the late answer to what was asked before this watch began.
        if response.request in self._own:
            self.responses.append(response)

    def weight(self) -> int:
        """Bytes of all bodies received, unpacked: stricter than what travels."""
        return sum(len(answer.body()) for answer in self.responses if answer.status == 200)

    def close(self) -> None:
        for where, event, listener in self._listening:
            where.remove_listener(event, listener)
        assert self.errors == []
        assert self.foreign == []
