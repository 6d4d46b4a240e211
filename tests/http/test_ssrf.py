"""No spelling, name, answer of a name server or redirect leads the client into a network that is not the open internet.

Connections are recorded where they would be made; only the one public address of a site that redirects is let through.
"""

from __future__ import annotations

import socket
from collections.abc import Iterator
from typing import Any

import httpcore
import pytest
from hypothesis import given
from hypothesis import strategies as st

from shared.http import AddressError, Client, FetchError, gate
from shared.http.addresses import is_public, literal
from tests.website import Page, Website, website

PUBLIC = "198.41.0.4"  # stands for a site of the open internet; connections to it end at the test's own site
ADDRESSES = [
    *("0.0.0.0", "0.0.0.1", "0.255.255.255", "10.0.0.0", "10.0.0.1", "10.255.255.255"),  # noqa: S104
    *("100.64.0.0", "100.64.0.1", "100.100.100.200", "100.127.255.255", "127.0.0.0", "127.0.0.1", "127.0.1.1", "127.255.255.255"),
    *(
        "168.63.129.16",
        "169.254.0.1",
        "169.254.169.123",
        "169.254.169.249",
        "169.254.169.253",
        "169.254.169.254",
        "169.254.170.2",
    ),
    *("172.16.0.1", "172.17.0.1", "172.31.255.255", "192.0.0.1", "192.0.0.170", "192.0.0.192", "192.0.2.1", "192.88.99.1"),
    *("192.168.0.1", "192.168.1.1", "192.168.255.255", "198.18.0.1", "198.19.255.255", "198.51.100.1", "203.0.113.1"),
    *("224.0.0.1", "224.0.0.251", "239.255.255.250", "240.0.0.1", "255.255.255.254", "255.255.255.255"),
]
ADDRESSES_6 = [
    *("::", "::1", "::2", "::127.0.0.1", "::10.0.0.1", "::169.254.169.254", "::ffff:127.0.0.1", "::ffff:10.0.0.1"),
    *("::ffff:169.254.169.254", "::ffff:192.168.0.1", "::ffff:7f00:1", "::ffff:a9fe:a9fe", "::ffff:0:127.0.0.1"),
    *("0:0:0:0:0:ffff:7f00:0001", "0000:0000:0000:0000:0000:0000:0000:0001", "64:ff9b::127.0.0.1", "64:ff9b::10.0.0.1"),
    *("64:ff9b::169.254.169.254", "64:ff9b::a9fe:a9fe", "64:ff9b:1::1", "64:ff9b:1::169.254.169.254", "100::1"),
    *("2001::1", "2001:0:53aa:64c::1", "2001:2::1", "2001:10::1", "2001:20::1", "2001:db8::1", "2002:7f00:1::1"),
    *("2002:a00:1::1", "2002:a9fe:a9fe::1", "2002:c0a8:1::1", "3fff::1", "4000::1", "5f00::1", "fc00::1", "fd00::1"),
    *("fd00:ec2::254", "fd20:ce::254", "fe80::1", "fe80::a9fe:a9fe", "febf::1", "fec0::1", "ff00::1", "ff02::1", "ff05::2"),
]
SPELLINGS = [  # hosts that some resolver or browser takes for one of the above
    *("127.1", "127.0.1", "0", "00", "0x0", "0x7f.1", "0x7f.0.0.1", "0x7f000001", "0X7F000001", "2130706433", "017700000001"),
    *("0177.1", "0177.0.0.1", "0177.0.0.01", "00000177.0.0.1", "127.0.0.0x1", "0x7f.0x0.0x0.0x1", "10.1", "0xa.1", "012.0.0.1"),
    *("0xa9fea9fe", "2852039166", "0251.0376.0251.0376", "025177524776", "0xa9.0xfe.0xa9.0xfe", "169.254.43518", "169.16689662"),
    *("0xc0a80001", "3232235521", "192.168.257", "0300.0250.0.1", "100.64.1", "0x64400001", "4294967295", "4294967296"),
    *(
        "127。0。0。1",
        "127．0．0．1",
        "１２７.0.0.1",
        "①②⑦.⓪.⓪.①",
        "ⓛⓞⓒⓐⓛⓗⓞⓢⓣ",
        "localhost",
        "LOCALHOST",
        "localhost.",
        "127.0.0.1.",
    ),
    *(
        "[::1]",
        "[::]",
        "[0:0:0:0:0:0:0:1]",
        "[::ffff:7f00:1]",
        "[::ffff:127.0.0.1]",
        "[fe80::1%25eth0]",
        "[fe80::1%eth0]",
        "[::1%lo]",
    ),
    *("256.256.256.256", "127.0.0.1%00.example", "127.0.0.1%2f.example", "1.1.1.1%2e%2e", "[::127.1]", "[v1.127.0.0.1]"),
]
URLS = [  # whole addresses that are read one way by one parser and another way by the next
    *("https://kabar.example@127.0.0.1/", "https://127.0.0.1:443@10.0.0.1/", "https://kabar.example:x@169.254.169.254/"),
    *("https://127.0.0.1\\@kabar.example/", "https://kabar.example\\@127.0.0.1/", "https://127.0.0.1#@kabar.example/"),
    *("https://127.0.0.1?@kabar.example/", "https:///127.0.0.1/", "https:127.0.0.1", "https:/127.0.0.1/", "//127.0.0.1/"),
    *(
        "https://127.0.0.1:80\n/",
        "https://127.0.0\t.1/",
        " https://127.0.0.1/",
        "https://[::1",
        "https://::1/",
        "https://127.0.0.1:/",
    ),
    *("http://127.0.0.1/", "file:///etc/passwd", "file://127.0.0.1/etc/passwd", "gopher://127.0.0.1:6379/_x", "ftp://10.0.0.1/"),
    *(
        "dict://127.0.0.1:11211/",
        "ldap://127.0.0.1/",
        "data:text/xml,<rss/>",
        "javascript:1",
        "unix:///run/docker.sock",
        "jar:x!/",
    ),
    *(
        "https://",
        "https://:443/",
        "https://./",
        "https://..../",
        "",
        "127.0.0.1",
        "https://127.0.0.1:0/",
        "https://127.0.0.1:99999/",
    ),
    *("https://metadata.google.internal/", "https://kubernetes.default.svc/", "https://printer.local/", "https://intranet/"),
]
NAMES = {  # what name servers answer
    "metadata.google.internal": ["169.254.169.254"],
    "kubernetes.default.svc": ["10.96.0.1"],
    "printer.local": ["192.168.1.9"],
    "intranet": ["10.0.0.9"],
    "kabar.example": [PUBLIC],
}


@pytest.fixture(scope="module")
def site() -> Iterator[Website]:
    with website() as site:
        yield site


@pytest.fixture
def reached(monkeypatch: pytest.MonkeyPatch, site: Website) -> list[str]:
    """Addresses that were connected to, other than the public one."""
    found: list[str] = []
    connect, look_up = httpcore.SyncBackend.connect_tcp, socket.getaddrinfo

    def record(self: httpcore.SyncBackend, host: str, port: int, *rest: Any) -> httpcore.NetworkStream:  # noqa: ANN401
        if host == PUBLIC:
            return connect(self, "127.0.0.1", int(site.url.rsplit(":", 1)[1]), *rest)
        found.append(host)
        raise httpcore.ConnectError

    def answer(host: str, port: int, *rest: Any, **named: Any) -> list[Any]:  # noqa: ANN401
        if host in NAMES:
            return [(0, 0, 0, "", (address, port)) for address in NAMES[host]]
        try:
            return list(look_up(host, port, *rest, **{**named, "flags": socket.AI_NUMERICHOST}))  # no name server is asked
        except UnicodeError as error:
            raise socket.gaierror(-2, "no such name") from error

    monkeypatch.setattr(httpcore.SyncBackend, "connect_tcp", record)
    monkeypatch.setattr(socket, "getaddrinfo", answer)
    return found


def refused(url: str) -> None:
    with Client("Uji/1.0") as client, pytest.raises((AddressError, FetchError)):
        client.get(url, allow_http=True)


def url_of(address: str) -> str:
    return f"https://[{address}]/" if ":" in address else f"https://{address}/"


ALL = [*map(url_of, ADDRESSES + ADDRESSES_6), *(f"https://{host}/" for host in SPELLINGS), *URLS]


def test_the_table_is_long_enough() -> None:
    assert len(set(ALL)) >= 150


@pytest.mark.parametrize("url", ALL)
def test_asked_directly(url: str, reached: list[str]) -> None:
    refused(url)
    assert reached == []


@pytest.mark.parametrize("url", [url for url in ALL if url.isascii() and url.isprintable() and "//" in url])
def test_by_a_redirect(url: str, reached: list[str], site: Website) -> None:
    site.pages["/x"] = Page(302, headers={"Location": url.strip()})
    asked = len(site.asked)
    refused("http://kabar.example/x")
    assert reached == []
    assert len(site.asked) == asked + 1 + site.paths()[asked:].count("/")  # an unreadable host may be a path of the same site


@pytest.mark.parametrize("address", ADDRESSES + ADDRESSES_6)
@pytest.mark.parametrize("others", [[], [PUBLIC]], ids=["alone", "beside a public one"])
def test_as_the_answer_of_a_name_server(address: str, others: list[str], reached: list[str]) -> None:
    NAMES["rebind.example"] = [*others, address]
    refused("http://rebind.example/")
    assert reached == []


def test_a_name_that_changes_between_check_and_connection(reached: list[str], monkeypatch: pytest.MonkeyPatch) -> None:
    """It is asked once, and what was checked is what is connected to."""
    answers = iter([[literal("93.184.216.34")], [literal("127.0.0.1")]])
    monkeypatch.setattr(gate, "resolve", lambda *_: next(answers))
    refused("https://rebind.example/")
    assert reached == ["93.184.216.34"]
    refused("https://rebind.example/")
    assert reached == ["93.184.216.34"]


@given(st.ip_addresses())
def test_only_the_open_internet_is_public(address: Any) -> None:  # noqa: ANN401
    if is_public(address):
        assert address.is_global
        assert not any((address.is_private, address.is_loopback, address.is_link_local, address.is_multicast))


@given(st.text(max_size=60))
def test_any_text_is_refused_or_asked_and_never_crashes(text: str) -> None:
    with Client("Uji/1.0", elapsed=lambda: 0.0) as client, pytest.raises((AddressError, FetchError)):
        client.get(text, seconds=0)  # no time: what is not refused for its spelling is not reached either
