from collections.abc import Iterator

import pytest

from shared.http import AddressError, Client, FetchError, RobotsError, robots
from tests.website import Page, Website, website

RULES = b"""User-agent: *
Disallow: /admin
Disallow: /*?s=
Allow: /admin/berita

User-agent: Kentongan
Disallow: /rahasia
Disallow: /*.pdf$
"""


class Clock:
    """Moves only when it is told to."""

    def __init__(self) -> None:
        self.now = 0.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def site() -> Iterator[Website]:
    with website() as site:
        site.pages |= {path: Page(200, b"isi") for path in ("/", "/a", "/admin", "/rahasia/1", "/b.pdf", "/?s=x")}
        yield site


@pytest.fixture
def client(clock: Clock) -> Iterator[Client]:
    with Client("Kentongan/0.1 (uji)", allow_loopback=True, elapsed=clock) as client:
        yield client


def test_our_own_rules_come_before_those_for_all(site: Website, client: Client) -> None:
    site.pages["/robots.txt"] = Page(200, RULES)
    for path in ("/a", "/admin", "/?s=x"):
        assert client.page(site.url + path).body == b"isi"
    for path in ("/rahasia/1", "/b.pdf"):
        with pytest.raises(RobotsError, match=r"robots\.txt"):
            client.page(site.url + path)
    assert site.paths() == ["/robots.txt", "/a", "/admin", "/?s=x"]


def test_wildcards_and_the_longest_rule(site: Website, client: Client) -> None:
    site.pages |= {"/robots.txt": Page(200, RULES.partition(b"\n\n")[0]), "/admin/berita/1": Page(200, b"isi")}
    assert client.page(f"{site.url}/admin/berita/1").status == 200
    for path in ("/admin", "/?s=x"):
        with pytest.raises(RobotsError):
            client.page(site.url + path)


def test_feeds_are_asked_without(site: Website, client: Client) -> None:
    site.pages["/robots.txt"] = Page(200, b"User-agent: *\nDisallow: /")
    assert client.get(f"{site.url}/a").body == b"isi"
    assert site.paths() == ["/a"]


@pytest.mark.parametrize("status", [404, 403, 410])
def test_no_file_means_no_rules(site: Website, client: Client, status: int) -> None:
    site.pages["/robots.txt"] = Page(status)
    assert client.page(f"{site.url}/a").body == b"isi"


def test_why_the_rules_cannot_be_had_is_said(client: Client) -> None:
    with pytest.raises(FetchError, match=r"robots.txt situs ini tidak bisa dibaca \(Alamat media.invalid tidak"):
        client.page("https://media.invalid/a")


@pytest.mark.parametrize("page", [Page(503), Page(429), Page(raw=b"rusak"), Page(302, headers={"Location": "/robots.txt"})])
def test_rules_that_cannot_be_had_forbid_for_an_hour(site: Website, client: Client, clock: Clock, page: Page) -> None:
    site.pages["/robots.txt"] = page
    for _ in range(2):
        with pytest.raises(FetchError, match="tidak bisa dibaca"):
            client.page(f"{site.url}/a")
    assert set(site.paths()) == {"/robots.txt"}
    site.pages["/robots.txt"] = Page(200, b"")
    clock.now = robots.UNREACHABLE_SECONDS
    assert client.page(f"{site.url}/a").body == b"isi"


def test_rules_are_kept_for_a_day(site: Website, client: Client, clock: Clock) -> None:
    site.pages["/robots.txt"] = Page(200, b"")
    for clock.now in (0.0, robots.KEPT_SECONDS - 1, robots.KEPT_SECONDS):
        client.page(f"{site.url}/a")
    assert site.paths() == ["/robots.txt", "/a", "/a", "/robots.txt", "/a"]


def test_only_so_many_hosts_are_kept(monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[str] = []

    def read(url: str) -> tuple[int, bytes]:
        asked.append(url)
        return 404, b""

    monkeypatch.setattr(robots, "MOST_HOSTS", 2)
    rules = robots.Robots(read, lambda: 0.0)
    for host in ("a", "b", "c", "b", "a"):
        rules.check(f"https://{host}.example/x")
    assert [url[8] for url in asked] == ["a", "b", "c", "a"]


def test_where_a_redirect_leads_is_asked_too(site: Website, client: Client) -> None:
    with website() as other:
        other.pages |= {"/robots.txt": Page(200, b"User-agent: *\nDisallow: /"), "/a": Page(200, b"rahasia")}
        site.pages |= {"/robots.txt": Page(404), "/pindah": Page(301, headers={"Location": f"{other.url}/a"})}
        with pytest.raises(RobotsError):
            client.page(f"{site.url}/pindah")
        assert other.paths() == ["/robots.txt"]


def test_an_address_that_may_not_be_opened_has_no_rules_asked(client: Client) -> None:
    with pytest.raises(AddressError, match="https"):
        client.page("http://kabarsagara.example/")


def test_a_flood_of_rules_is_read_only_in_part(site: Website, client: Client) -> None:
    site.pages["/robots.txt"] = Page(200, b"User-agent: *\n" + b"Disallow: /x\n" * 100_000 + b"Disallow: /a\n")
    assert client.page(f"{site.url}/a").body == b"isi"
