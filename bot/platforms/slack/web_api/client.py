"""How is Slack's Web API reached?

Two clients: one for sending, patient and without any retries (a retry after a lost answer would say things twice; delivery decides), and
a quick one for what must fit in the three seconds Slack gives an answer. A server on this machine is reached past any proxy.
"""

from __future__ import annotations

import ipaddress
import logging
import urllib.request
from typing import Final
from urllib.parse import urlsplit

from slack_sdk import WebClient

SLACK_URL: Final = WebClient.BASE_URL
PATIENT_TIMEOUT: Final = 10  # seconds
QUICK_TIMEOUT: Final = 2  # seconds; with the engine's own second and a half still within Slack's three
log = logging.getLogger("slack_sdk")  # a library's name: bot/logs.py lets none of its words through
log.setLevel(logging.ERROR)  # slack_sdk writes whole payloads at DEBUG; a level of its own keeps it from ever doing so


def make_client(token: str, api_url: str | None, *, timeout: int) -> WebClient:
    """A client of Slack's Web API, or of the server at `api_url` that speaks like it."""
    client = WebClient(token=token, base_url=api_url or SLACK_URL, timeout=timeout, retry_handlers=[], logger=log)
    if is_on_this_machine(client.base_url):
        client.proxy = None  # the constructor's argument falls back to the environment
        urllib.request.install_opener(urllib.request.build_opener(urllib.request.ProxyHandler({})))  # and so does urllib after it
    return client


def is_on_this_machine(url: str) -> bool:
    """Whether the address is this machine's own."""
    host = urlsplit(url).hostname or ""
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"
