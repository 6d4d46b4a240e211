import gzip
import socket
import ssl
import threading
import zlib
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from ipaddress import ip_address
from itertools import count
from pathlib import Path

import pytest

from shared.config.schema import Config
from shared.http import AddressError, Client, FetchError, Response, client_for, gate
from shared.ports import Permanent, Retryable
from shared.settings import read_settings
from tests.website import Asked, Page, Website, website


@pytest.fixture
def site() -> Iterator[Website]:
    with website() as site:
        yield site


@pytest.fixture
def client() -> Iterator[Client]:
    with Client("Uji/1.0", allow_loopback=True) as client:
        yield client


class TestExchange:
    def test_get(self, site: Website, client: Client) -> None:
        site.pages["/x?q=a%20b&k=%C3%A9"] = Page(200, b"halo", {"ETag": '"1"', "Set-Cookie": "a=b"})
        answer = client.get(f"{site.url}/x?q=a b&k=é", {"if-none-match": '"0"'})
        assert answer == Response(200, f"{site.url}/x?q=a b&k=é", answer.headers, b"halo")
        assert answer.headers["etag"] == '"1"'
        client.get(f"{site.url}/x?q=a b&k=é")
        first, second = (asked.headers for asked in site.asked)
        assert first["user-agent"] == "Uji/1.0"
        assert first["if-none-match"] == '"0"'
        assert first["host"] == site.url.removeprefix("http://")
        assert "cookie" not in second

    def test_post(self, site: Website, client: Client) -> None:
        site.pages["/hook"] = Page(204)
        assert client.post(f"{site.url}/hook", b"isi", {"content-type": "text/plain"}).status == 204
        assert (site.asked[0].method, site.asked[0].body) == ("POST", b"isi")
        assert site.asked[0].headers["content-type"] == "text/plain"

    @pytest.mark.parametrize("status", [304, 404, 429, 503])
    def test_any_status_is_an_answer(self, site: Website, client: Client, status: int) -> None:
        site.pages["/x"] = Page(status, headers={"Retry-After": "9"})
        assert (client.get(f"{site.url}/x").status, client.get(f"{site.url}/x").headers["retry-after"]) == (status, "9")

    def test_connections_are_kept(self, site: Website, client: Client) -> None:
        for _ in range(3):
            client.get(f"{site.url}/x")
        assert len({asked.peer for asked in site.asked}) == 1

    def test_many_threads(self, site: Website, client: Client) -> None:
        site.pages |= {f"/{n}": Page(200, str(n).encode() * 1000) for n in range(40)}
        with ThreadPoolExecutor(8) as pool:
            bodies = list(pool.map(lambda n: client.get(f"{site.url}/{n}").body, range(40)))
        assert bodies == [str(n).encode() * 1000 for n in range(40)]


class TestRedirects:
    def test_followed_to_the_end(self, site: Website, client: Client) -> None:
        site.pages |= {"/a": Page(301, headers={"Location": "/b/c"}), "/b/c": Page(302, headers={"Location": "d"})}
        site.pages["/b/d"] = Page(200, b"ada")
        answer = client.get(f"{site.url}/a")
        assert (answer.body, answer.url) == (b"ada", f"{site.url}/b/d")

    def test_five_at_most(self, site: Website, client: Client) -> None:
        site.pages |= {f"/{n}": Page(302, headers={"Location": f"/{n + 1}"}) for n in range(6)}
        site.pages["/6"] = Page(200, b"jauh")
        assert client.get(f"{site.url}/1").body == b"jauh"
        with pytest.raises(FetchError, match="Dialihkan lebih dari 5 kali"):
            client.get(f"{site.url}/0")

    @pytest.mark.parametrize(
        "target",
        [
            "http://169.254.169.254/computeMetadata/v1/",
            "https://169.254.169.254/computeMetadata/v1/",
            "https://10.0.0.1/",
            "https://[::ffff:10.0.0.1]/",
            "file:///etc/passwd",
            "gopher://127.0.0.1/",
            "https://user@kabarsagara.example/",
            "http://kabarsagara.example/",
        ],
    )
    def test_each_is_checked(self, site: Website, client: Client, target: str) -> None:
        site.pages["/x"] = Page(302, headers={"Location": target})
        with pytest.raises(AddressError):
            client.get(f"{site.url}/x")

    def test_unreadable(self, site: Website, client: Client) -> None:
        site.pages["/x"] = Page(302, headers={"Location": "http://[rusak"})
        with pytest.raises(FetchError, match="tidak bisa dibaca"):
            client.get(f"{site.url}/x")

    def test_none_for_what_is_sent(self, site: Website, client: Client) -> None:
        site.pages["/hook"] = Page(307, headers={"Location": "/lain"})
        assert client.post(f"{site.url}/hook", b"rahasia").status == 307
        assert site.paths() == ["/hook"]

    def test_without_a_target_is_an_answer(self, site: Website, client: Client) -> None:
        site.pages["/x"] = Page(302)
        assert client.get(f"{site.url}/x").status == 302


class TestAddresses:
    @pytest.mark.parametrize(
        "url",
        [
            "http://kabarsagara.example/",
            "ftp://kabarsagara.example/",
            "kabarsagara.example",
            "https://",
            "https://[rusak/",
            "https://a.example:99999/",
            "https://user:pass@a.example/",
            f"https://{'a' * 70}.example/",
            "https://10.0.0.1/",
            "https://100.64.0.1/",
            "https://169.254.169.254/",
            "https://[fe80::1]/",
            "https://[::ffff:127.0.0.1]/",
            "https://0.0.0.0/",
            "https://224.0.0.1/",
        ],
    )
    def test_refused_for_good(self, client: Client, url: str) -> None:
        with pytest.raises(AddressError) as refused:
            client.get(url)
        assert isinstance(refused.value, Permanent)

    @pytest.mark.parametrize("url", ["https://127.0.0.1/", "http://127.0.0.1/", "https://localhost/", "https://[::1]/"])
    def test_this_computer_only_where_allowed(self, url: str) -> None:
        with Client("Uji/1.0") as client, pytest.raises(AddressError):
            client.get(url)

    def test_configured_without_https_but_not_for_this_computer(self, site: Website) -> None:
        with Client("Uji/1.0") as client, pytest.raises(AddressError):
            client.get(site.url, allow_http=True)
        assert site.asked == []

    @pytest.mark.parametrize("address", ["127.0.0.1", "10.0.0.1", "169.254.169.254", "100.64.0.1", "::1", "::ffff:127.0.0.1"])
    def test_a_name_that_leads_inside(self, monkeypatch: pytest.MonkeyPatch, site: Website, client: Client, address: str) -> None:
        port = site.url.rsplit(":", 1)[1]
        monkeypatch.setattr(gate, "resolve", lambda *_: [ip_address("8.8.8.8"), ip_address(address)])
        with pytest.raises(FetchError, match="jaringan pribadi"):
            client.get(f"http://kabarsagara.example:{port}/", allow_http=True)
        assert site.asked == []

    @pytest.mark.parametrize("host", ["127.1", "0x7f000001", "2130706433"])
    def test_odd_spellings_of_this_computer(self, client: Client, host: str) -> None:
        with pytest.raises(FetchError):
            client.get(f"https://{host}/")

    def test_the_checked_address_is_the_one_connected_to(self, monkeypatch: pytest.MonkeyPatch, site: Website) -> None:
        answers = iter([[ip_address("127.0.0.1")], [ip_address("10.0.0.1")]])
        lookups: list[str] = []

        def resolve(host: str, _: int) -> list[object]:
            lookups.append(host)
            return list(next(answers))

        monkeypatch.setattr(gate, "resolve", resolve)
        site.pages["/x"] = Page(200, b"x")
        port = site.url.rsplit(":", 1)[1]
        with Client("Uji/1.0", allow_loopback=True) as client:
            assert client.get(f"http://localhost:{port}/x").body == b"x"
        assert lookups == ["localhost"]

    def test_the_next_address_is_tried(self, monkeypatch: pytest.MonkeyPatch, site: Website, client: Client) -> None:
        monkeypatch.setattr(gate, "resolve", lambda *_: [ip_address("127.0.0.9"), ip_address("127.0.0.1")])
        site.pages["/x"] = Page(200, b"x")
        port = site.url.rsplit(":", 1)[1]
        assert client.get(f"http://localhost:{port}/x").body == b"x"

    def test_without_a_name_server_no_name_is_blamed(self, monkeypatch: pytest.MonkeyPatch, client: Client) -> None:
        def resolve(*_: object) -> list[object]:
            raise socket.gaierror(socket.EAI_AGAIN, "Temporary failure in name resolution")

        monkeypatch.setattr(gate, "resolve", resolve)
        with pytest.raises(FetchError, match="tidak ada sambungan internet"):
            client.get("https://kabarsagara.example/")

    def test_no_such_name(self, monkeypatch: pytest.MonkeyPatch, client: Client) -> None:
        def resolve(*_: object) -> list[object]:
            raise socket.gaierror(-2, "Name or service not known")

        monkeypatch.setattr(gate, "resolve", resolve)
        with pytest.raises(FetchError, match=r"kabarsagara\.example tidak ditemukan"):
            client.get("https://kabarsagara.example/")

    def test_nobody_listens(self, client: Client) -> None:
        with socket.socket() as unused:
            unused.bind(("127.0.0.1", 0))
            with pytest.raises(FetchError, match="Tidak bisa tersambung") as failed:
                client.get(f"http://127.0.0.1:{unused.getsockname()[1]}/")
        assert isinstance(failed.value, Retryable)


class TestBodies:
    def test_gzip(self, site: Website, client: Client) -> None:
        text = b"".join(b"berita %d " % n for n in range(20_000))
        site.pages["/x"] = Page(200, gzip.compress(text), {"Content-Encoding": "gzip"})
        assert client.get(f"{site.url}/x").body == text

    def test_bomb(self, site: Website, client: Client) -> None:
        site.pages["/x"] = Page(200, gzip.compress(bytes(50_000_000)), {"Content-Encoding": "gzip"})
        with pytest.raises(FetchError, match="membengkak"):
            client.get(f"{site.url}/x")

    @pytest.mark.parametrize("size", [5_000_000, 5_000_001])
    def test_five_megabytes_at_most(self, site: Website, client: Client, size: int) -> None:
        site.pages["/x"] = Page(200, b"x" * size)
        if size <= 5_000_000:
            assert len(client.get(f"{site.url}/x").body) == size
        else:
            with pytest.raises(FetchError, match="lebih besar dari 5 MB"):
                client.get(f"{site.url}/x")

    def test_what_follows_a_gzip_stream_is_dropped_and_bounded(self, site: Website, client: Client) -> None:
        packed, head = gzip.compress(b"berita"), b"HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\n\r\n"
        site.pages["/x"] = Page(raw=head + packed + b"x" * 1_000_000)
        assert client.get(f"{site.url}/x").body == b"berita"
        site.pages["/x"] = Page(raw=head + packed + b"x" * 5_000_000)
        with pytest.raises(FetchError, match="lebih besar dari 5 MB"):
            client.get(f"{site.url}/x")

    @pytest.mark.parametrize(("coding", "body"), [("gzip", b"bukan gzip"), ("br", b"x"), ("gzip", zlib.compress(b"x"))])
    def test_unreadable(self, site: Website, client: Client, coding: str, body: bytes) -> None:
        site.pages["/x"] = Page(200, body, {"Content-Encoding": coding})
        with pytest.raises(FetchError, match=r"kompres|dikemas"):
            client.get(f"{site.url}/x")

    @pytest.mark.parametrize(
        "raw",
        [
            b"",
            b"bukan http\r\n\r\n",
            b"HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\nput",
            b"HTTP/1.1 200 OK\r\n" + b"a: b\r\n" * 50_000,
        ],
    )
    def test_broken_answers(self, site: Website, client: Client, raw: bytes) -> None:
        site.pages["/x"] = Page(raw=raw)
        with pytest.raises(FetchError):
            client.get(f"{site.url}/x")


class TestTime:
    @pytest.mark.parametrize("head", [b"", b"HTTP/1.1 200 OK\r\nX-Drip: ", b"HTTP/1.1 200 OK\r\nContent-Length: 999999\r\n\r\n"])
    def test_a_drip_is_cut_wherever_it_drips(self, head: bytes) -> None:
        """The clock moves with every byte sent, so no time passes in the test."""
        ticks = count(step=0.1)
        with socket.create_server(("127.0.0.1", 0)) as server:
            over = threading.Event()

            def drip() -> None:
                connection, _ = server.accept()
                with connection:
                    connection.recv(65_536)
                    connection.sendall(head)
                    while not over.wait(0.001):
                        try:
                            connection.sendall(b"x")
                        except OSError:
                            return

            thread = threading.Thread(target=drip)
            thread.start()
            try:
                with Client("Uji/1.0", True, lambda: next(ticks)) as client, pytest.raises(FetchError, match="dalam waktu"):
                    client.get(f"http://127.0.0.1:{server.getsockname()[1]}/", seconds=5)
            finally:
                over.set()
                thread.join()

    def test_time_is_for_all_redirects_together(self, site: Website) -> None:
        clock = [0.0]

        def later(_: Asked) -> Page:
            clock[0] += 3
            return Page(302, headers={"Location": "/x"})

        site.pages["/x"] = later
        with Client("Uji/1.0", True, lambda: clock[0]) as client, pytest.raises(FetchError, match="dalam waktu"):
            client.get(f"{site.url}/x", seconds=8)
        assert len(site.asked) == 3


def test_a_redirect_hands_no_key_to_another_site(site: Website, client: Client) -> None:
    with website() as other:
        other.pages["/there"] = Page(body=b"ok")
        site.pages["/here"] = Page(302, headers={"Location": "/near"})
        site.pages["/near"] = Page(302, headers={"Location": f"{other.url}/there"})
        client.get(f"{site.url}/here", {"Authorization": "Bearer rahasia", "X-Goog-Api-Key": "rahasia", "Accept": "text/xml"})
        assert [asked.headers.get("authorization") for asked in site.asked] == ["Bearer rahasia"] * 2
        (asked,) = other.asked
        assert not {"authorization", "x-goog-api-key"} & set(asked.headers)
        assert asked.headers["accept"] == "text/xml"


def test_a_certificate_of_nobody(tmp_path: Path, client: Client) -> None:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(_self_signed(tmp_path))
    with socket.create_server(("127.0.0.1", 0)) as server:

        def greet() -> None:
            connection, _ = server.accept()
            with connection, pytest.raises(OSError):  # noqa: PT011, PT012 (the client hangs up: which error depends on the moment)
                context.wrap_socket(connection, server_side=True).recv(1)
                raise ConnectionResetError

        thread = threading.Thread(target=greet)
        thread.start()
        with pytest.raises(FetchError, match="Sertifikat"):
            client.get(f"https://127.0.0.1:{server.getsockname()[1]}/")
        thread.join()


def _self_signed(folder: Path) -> Path:
    """A certificate for 127.0.0.1 that nobody vouches for, with its key, in one PEM file."""
    from datetime import UTC, datetime, timedelta

    from cryptography import x509
    from cryptography.hazmat.primitives import hashes, serialization
    from cryptography.hazmat.primitives.asymmetric import ec

    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, "127.0.0.1")])
    now = datetime.now(UTC)
    certificate = (
        x509.CertificateBuilder(name, name, key.public_key(), x509.random_serial_number(), now, now + timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName([x509.IPAddress(ip_address("127.0.0.1"))]), critical=False)
        .sign(key, hashes.SHA256())
    )
    pem = serialization.Encoding.PEM
    private = key.private_bytes(pem, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
    path = folder / "site.pem"
    path.write_bytes(private + certificate.public_bytes(pem))
    return path


@pytest.mark.parametrize(
    ("contact", "agent"),
    [
        ("", "Kentongan/0.1 (pemantau berita instansi)"),
        ("humas@sagara.example", "Kentongan/0.1 (pemantau berita instansi; kontak: humas@sagara.example)"),
        ("a\r\nX-Evil: 1é", "Kentongan/0.1 (pemantau berita instansi; kontak: aX-Evil: 1)"),
    ],
)
def test_who_asks(site: Website, contact: str, agent: str) -> None:
    with client_for(Config(agencies=(), contact=contact), read_settings({"ALLOW_LOOPBACK": "1"})) as client:
        client.get(f"{site.url}/x")
    assert site.asked[0].headers["user-agent"] == agent


@pytest.mark.parametrize(
    ("value", "seconds"),
    [
        ("120", 120),
        (" 7 ", 7),
        ("Sat, 28 Nov 2026 02:10:00 GMT", 600),
        ("Sat, 28 Nov 2026 01:00:00 GMT", 0),
        ("", 0),
        ("-5", 0),
        ("besok", 0),
        ("9" * 400, 999_999_999),
        ("Sat, 28 Nov 99999 01:00:00 GMT", 0),
    ],
)
def test_retry_after(value: str, seconds: int) -> None:
    at = int(datetime(2026, 11, 28, 2, 0, tzinfo=UTC).timestamp())
    assert Response(429, "", {"retry-after": value}, b"").retry_after(at) == seconds


@pytest.mark.parametrize(
    ("headers", "seconds"),
    [
        ({}, 0),
        ({"cache-control": "public, max-age=600"}, 600),
        ({"cache-control": "max-age=600", "age": "90"}, 510),
        ({"cache-control": "MAX-AGE = 600", "expires": "Sat, 28 Nov 2026 03:00:00 GMT"}, 600),
        ({"cache-control": "s-maxage=900"}, 0),
        ({"cache-control": "no-cache, max-age=600"}, 0),
        ({"cache-control": "max-age=9999999999999"}, 86_400),
        ({"cache-control": "max-age=60", "age": "900"}, 0),
        ({"expires": "Sat, 28 Nov 2026 02:05:00 GMT"}, 300),
        ({"expires": "0"}, 0),
        ({"expires": "Sat, 28 Nov 2026 01:00:00 GMT"}, 0),
    ],
)
def test_fresh_for(headers: dict[str, str], seconds: int) -> None:
    at = int(datetime(2026, 11, 28, 2, 0, tzinfo=UTC).timestamp())
    assert Response(200, "", headers, b"").fresh_for(at) == seconds
