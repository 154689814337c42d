"""What a page does behind the reader's back: requests, their weight, errors in the console."""

from playwright.sync_api import BrowserContext, ConsoleMessage, Page, Request, Response


class Watch:
    """Collects what all pages of a context do."""

    def __init__(self, context: BrowserContext, origin: str) -> None:
        self.origin = origin
        self.errors: list[str] = []
        self.foreign: list[str] = []
        self.responses: list[Response] = []
        context.on("page", self._follow)
        context.on("request", self._request)
        context.on("response", lambda response: self.responses.append(response))
        for page in context.pages:
            self._follow(page)

    def _follow(self, page: Page) -> None:
        page.on("console", self._console)
        page.on("pageerror", lambda error: self.errors.append(str(error)))

    def _console(self, message: ConsoleMessage) -> None:
        # A page that answers 404 on purpose is no fault of the page.
        if message.type == "error" and "status of 4" not in message.text:
            self.errors.append(message.text)

    def _request(self, request: Request) -> None:
        if not request.url.startswith((self.origin, "data:", "blob:", "about:")):
            self.foreign.append(request.url)

    def weight(self) -> int:
        """Bytes of all bodies received, unpacked: stricter than what travels."""
        return sum(len(answer.body()) for answer in self.responses if answer.status == 200)

    def close(self) -> None:
        assert self.errors == []
        assert self.foreign == []
