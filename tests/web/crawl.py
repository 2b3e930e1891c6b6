"""Walk a site as one person does: every link of the home page, and of what it leads to, a few of each kind."""

from __future__ import annotations

import re
import traceback
from collections import deque
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from html.parser import HTMLParser
from urllib.parse import parse_qsl, urljoin, urlsplit

from django.db import transaction
from django.test import Client

HOST = "http://testserver"
FOLLOWED = {"a": ("href", "hx-get"), "img": ("src",), "iframe": ("src",), "form": ("hx-get",)}
LEFT_OUT = ("/sign-out/", "/static/")  # the one ends the walk, the other is no page


@dataclass(frozen=True)
class Answer:
    """What a link led to, and the page that showed it."""

    url: str
    shown_on: str
    status: int
    why: str = ""  # of a server error: its last line

    @property
    def dead(self) -> bool:
        return self.status in (403, 404) or self.status >= 500

    def __str__(self) -> str:
        return f"{self.status} {self.url}  shown on {self.shown_on}  {self.why}".rstrip()


class Links(HTMLParser):
    """The addresses that a page offers to open by looking (GET)."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.page, self.found = page, list[str]()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        wanted = FOLLOWED.get(tag, ("hx-get",))
        self.found += [urljoin(HOST + self.page, value) for name, value in attrs if name in wanted and value]


def links(page: str, html: str) -> Iterator[str]:
    """The page's own-host addresses, without the part after #."""
    reader = Links(page)
    reader.feed(html)
    for url in reader.found:
        parts = urlsplit(url)
        if f"{parts.scheme}://{parts.netloc}" == HOST and not parts.path.startswith(LEFT_OUT):
            yield parts.path + (f"?{parts.query}" if parts.query else "")


def pattern(url: str) -> str:
    """Links of one kind: the same path but for its numbers, the same questions whatever they ask."""
    parts = urlsplit(url)
    asked = sorted({name for name, _value in parse_qsl(parts.query)})
    return re.sub(r"\d+", "N", parts.path) + ("?" + "&".join(asked) if asked else "")


def place(url: str) -> str:
    """Links of one kind: the same path but for its numbers."""
    return pattern(url).partition("?")[0]


def walk(client: Client, start: str = "/", kind: Callable[[str], str] = pattern) -> list[Answer]:
    """All that can be reached, one link of a kind."""
    queue, known, kinds, answers = deque([(start, "")]), {start}, set[str](), list[Answer]()
    while queue:
        url, shown_on = queue.popleft()
        if kind(url) in kinds:
            continue
        kinds.add(kind(url))
        answer, html = look(client, url, shown_on)
        answers.append(answer)
        fresh = [link for link in links(url, html) if link not in known]
        known |= set(fresh)
        queue.extend((link, url) for link in dict.fromkeys(fresh))
    return answers


def look(client: Client, url: str, shown_on: str) -> tuple[Answer, str]:
    """One GET; the page's text where it is one. The client must not raise what the page raises."""
    with transaction.atomic():
        response = client.get(url, follow=True)
        body = b"".join(response.streaming_content) if response.streaming else response.content
        transaction.set_rollback(response.status_code >= 500)  # the ledger may be in the midst of a failed transaction
    why = traceback.format_exception_only(response.exc_info[1])[-1].strip() if response.exc_info else ""
    page = response.get("Content-Type", "").startswith("text/html") and response.status_code == 200
    return Answer(url, shown_on, response.status_code, why), body.decode() if page else ""
