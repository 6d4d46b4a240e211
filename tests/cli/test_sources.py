"""`kentongan sources` as people and scripts use it: real processes, a real website on loopback."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from shared.cli.sources import catalogue
from shared.config.reading import read_config
from shared.local.store import LocalStore
from shared.ports import Put
from shared.views import Coverage, SourceLine, SourcesView, pack
from tests.cli.test_main import in_terminal, tool
from tests.sources.feeds import AT, item, rss
from tests.website import Page, Website, website

FEED = Page(200, rss(item(1), item(2)).encode())
CONFIG = """\
# milik humas
agencies:
  - {id: "33.99", name: Kabupaten Sagara}
sources:
  - id: warta  # yang pertama
    name: Warta
    url: "https://warta.example/feed"
  # akhir daftar

receivers: []
"""


@pytest.fixture
def site() -> Iterator[Website]:
    with website() as site:
        yield site


def configured(folder: Path, *sources: str, text: str = CONFIG) -> Path:
    file = folder / "kentongan.yaml"
    lines = "".join(f"  - {{id: s{number}, name: Media {number}, url: {url}}}\n" for number, url in enumerate(sources))
    file.write_text(text if not sources else f'agencies: [{{id: "33.99", name: Kabupaten Sagara}}]\nsources:\n{lines}')
    return file


class TestParse:
    def test_one_line_a_file(self, tmp_path: Path) -> None:
        (tmp_path / "baik.xml").write_bytes(rss("<item><title>Lama</title></item>", item(1)).encode())
        (tmp_path / "kosong.xml").write_bytes(rss().encode())
        (tmp_path / "web.html").write_bytes(b"<html><body>halo</body></html>")
        (tmp_path / "besar.xml").write_bytes(b"<rss>" + b" " * 5_000_000)
        done = tool("sources", "parse", "baik.xml", "kosong.xml", "web.html", "besar.xml", folder=tmp_path)
        rows = [json.loads(line) for line in done.stdout.splitlines()]
        assert (done.returncode, done.stderr) == (0, "")
        assert list(rows[0]) == ["file", "items", "title", "link", "published_at", "error"]
        assert list(rows[0].values()) == ["baik.xml", 2, "Lama", "", None, None]  # the first as it stands, not the newest
        assert list(rows[1].values()) == ["kosong.xml", 0, "", "", None, None]
        assert "halaman web" in rows[2]["error"]
        assert "5 MB" in rows[3]["error"]

    def test_times_and_relative_links(self, tmp_path: Path) -> None:
        feed = rss(item(1).replace("https://kabarsagara.example", ""))
        (tmp_path / "a.xml").write_bytes(feed.encode())
        row = json.loads(tool("sources", "parse", "a.xml", folder=tmp_path).stdout)
        assert (row["link"], row["published_at"]) == ("/berita/1", "2025-10-06T03:05:00+00:00")

    def test_a_file_that_is_not_there_does_not_stop_the_others(self, tmp_path: Path) -> None:
        (tmp_path / "b.xml").write_bytes(FEED.body)
        done = tool("sources", "parse", "a.xml", "b.xml", folder=tmp_path)
        assert [json.loads(line)["items"] for line in done.stdout.splitlines()] == [0, 2]
        assert done.returncode == 1


class TestAdd:
    def add(self, folder: Path, *words: str) -> tuple[int, str, str]:
        done = tool("sources", "add", *words, folder=folder, ALLOW_LOOPBACK="1")
        return done.returncode, done.stdout, done.stderr

    def test_the_feed_that_the_page_names(self, tmp_path: Path, site: Website) -> None:
        file = configured(tmp_path)
        head = "<meta property='og:site_name' content='Kabar &amp; Sagara'>"
        links = "".join(
            f"<link rel='alternate' type='application/rss+xml' href='{path}'>" for path in ("/komentar/feed", "/umpan")
        )
        site.pages |= {
            "/": Page(200, f"<html><head>{head}{links}</head></html>".encode()),
            "/umpan": FEED,
            "/komentar/feed": FEED,
        }
        code, shown, trouble = self.add(tmp_path, site.url)
        assert (code, trouble) == (0, "")
        assert "link rel=alternate" in shown
        assert "Warga Sagara keluhkan air keruh 1" in shown
        added = read_config(file.read_text()).sources[-1]
        assert (added.name, added.url) == ("Kabar & Sagara", f"{site.url}/umpan")
        before, after = CONFIG.splitlines(), file.read_text().splitlines()
        assert [line for line in after if line in before] == before  # comments and order stay
        assert "/komentar/feed" not in site.paths()

    def test_a_hostile_page_with_a_base(self, tmp_path: Path, site: Website) -> None:
        configured(tmp_path)
        links = "".join(
            f"<link rel=alternate type=application/rss+xml href='{to}'>" for to in ("http://169.254.169.254/", "umpan")
        )
        site.pages |= {"/": Page(200, f"<head><base href='/sub/'><![bagian x]>{links}".encode()), "/sub/umpan": FEED}
        code, shown, trouble = self.add(tmp_path, site.url)
        assert (code, trouble) == (0, "")
        assert f"{site.url}/sub/umpan" in shown

    def test_the_usual_places(self, tmp_path: Path, site: Website) -> None:
        file = configured(tmp_path)
        site.pages["/rss"] = FEED
        assert self.add(tmp_path, site.url, "--name", "Kabar", "--region", "33.99")[0] == 0
        added = read_config(file.read_text()).sources[-1]
        assert (added.url, added.tier, added.region) == (f"{site.url}/rss", "local", "33.99")

    def test_the_sitemap_that_robots_names(self, tmp_path: Path, site: Website) -> None:
        file = configured(tmp_path)
        url = (
            "<url><loc>https://x.example/1</loc><news:news><news:publication_date>2025-10-06T03:05:00Z</news:publication_date>"
            "<news:title>Air</news:title></news:news></url>"
        )
        spaces = "xmlns='http://www.sitemaps.org/schemas/sitemap/0.9' xmlns:news='http://www.google.com/schemas/sitemap-news/0.9'"
        site.pages |= {
            "/robots.txt": Page(200, b"User-agent: *\nAllow: /\nSitemap: /peta-news.xml\n"),
            "/peta-news.xml": Page(200, f"<?xml version='1.0'?><urlset {spaces}>{url}</urlset>".encode()),
        }
        assert self.add(tmp_path, site.url)[0] == 0
        added = read_config(file.read_text()).sources[-1]
        assert (added.kind, added.url) == ("sitemap", f"{site.url}/peta-news.xml")

    def test_nothing_there_names_what_to_do_instead(self, tmp_path: Path, site: Website) -> None:
        file = configured(tmp_path)
        code, _, trouble = self.add(tmp_path, site.url)
        assert code == 1
        assert 'kind: google-news, query: ["site:127.0.0.1"]' in trouble
        assert file.read_text() == CONFIG

    def test_a_page_that_robots_may_not_read_is_not_read(self, tmp_path: Path, site: Website) -> None:
        configured(tmp_path)
        site.pages |= {"/robots.txt": Page(200, b"User-agent: *\nDisallow: /"), "/feed": FEED}
        code, _, _ = self.add(tmp_path, site.url)
        assert code == 0
        assert "/" not in site.paths()

    def test_only_shown(self, tmp_path: Path, site: Website) -> None:
        file = configured(tmp_path)
        site.pages["/feed"] = FEED
        code, shown, _ = self.add(tmp_path, site.url, "--dry-run", "--json")
        assert json.loads(shown)["written"] is False
        assert (code, file.read_text()) == (0, CONFIG)

    def test_by_name_from_the_catalogue_and_only_once(self, tmp_path: Path) -> None:
        file = configured(tmp_path)
        offer = catalogue.offers()[0]
        assert self.add(tmp_path, str(offer.fields["id"]))[0] == 0
        assert read_config(file.read_text()).sources[-1].name == offer.fields["name"]
        code, _, trouble = self.add(tmp_path, str(offer.fields["id"]))
        assert (code, "sudah ada" in trouble) == (1, True)

    def test_a_name_that_the_catalogue_does_not_know(self, tmp_path: Path) -> None:
        configured(tmp_path)
        code, _, trouble = self.add(tmp_path, "Tribun Timor")
        assert (code, "Tribun Timur" in trouble) == (1, True)

    def test_an_id_is_made_free(self, tmp_path: Path, site: Website) -> None:
        file = configured(tmp_path)
        site.pages |= {"/feed": FEED, "/rss": FEED}
        assert self.add(tmp_path, f"{site.url}/feed")[0] == 0
        assert self.add(tmp_path, f"{site.url}/rss")[0] == 0
        assert [source.id for source in read_config(file.read_text()).sources[1:]] == ["127-0-0-1", "127-0-0-1-2"]

    def test_a_site_that_is_not_found_gets_no_substitute(self, tmp_path: Path) -> None:
        configured(tmp_path)
        done = tool("sources", "add", "https://media.invalid", folder=tmp_path)
        assert (done.returncode, "sambungan internet" in done.stderr, "google-news" in done.stderr) == (1, True, False)

    def test_a_private_address(self, tmp_path: Path) -> None:
        configured(tmp_path)
        code, _, trouble = self.add(tmp_path, "https://10.0.0.1/")
        assert (code, "jaringan pribadi" in trouble) == (1, True)


class TestProbe:
    def test_each_source_and_what_to_change(self, tmp_path: Path, site: Website) -> None:
        paths = ("baik", "tolak", "hilang", "halaman", "pindah", "kosong", "lama")
        configured(tmp_path, *(f"{site.url}/{path}" for path in paths))
        recent = rss(*(f"<item><title>Kabar {n}</title><link>/{n}</link></item>" for n in range(3)))
        site.pages |= {
            "/baik": Page(200, recent.encode()),
            "/tolak": Page(403),
            "/halaman": Page(200, b"<html><body>Mohon tunggu</body></html>"),
            "/pindah": Page(301, headers={"Location": "/baik"}),
            "/kosong": Page(200, rss().encode()),
            "/lama": FEED,
        }
        done = tool("sources", "probe", "--json", folder=tmp_path, ALLOW_LOOPBACK="1")
        rows = {row["url"].rsplit("/", 1)[1]: row for row in map(json.loads, done.stdout.splitlines())}
        assert done.returncode == 3
        assert [row["ok"] for row in rows.values()] == [True, False, False, False, True, True, True]
        assert [row["status"] for row in rows.values()] == [200, 403, 404, 200, 200, 200, 200]
        assert rows["baik"]["items"] == 3
        assert 'kind: google-news, query: ["site:127.0.0.1"]' in rows["tolak"]["advice"]
        assert "sources add" in rows["hilang"]["advice"]
        assert "sources add" in rows["halaman"]["advice"]
        assert rows["pindah"]["moved_to"] == f"{site.url}/baik"
        assert f'url: "{site.url}/baik"' in rows["pindah"]["advice"]
        assert "tidak memuat berita" in rows["kosong"]["problem"]
        assert rows["lama"]["newest_at"] == AT
        assert "Tidak ada berita baru" in rows["lama"]["problem"]

    def test_without_internet_no_address_is_blamed(self, tmp_path: Path) -> None:
        configured(tmp_path, "https://a.invalid/rss", "https://b.invalid/rss")
        done = tool("sources", "probe", folder=tmp_path)
        assert done.returncode == 3
        assert done.stdout.endswith("Periksa dahulu sambungan internet komputer ini.\n")
        assert "periksa ejaan" not in done.stdout

    def test_all_well(self, tmp_path: Path, site: Website) -> None:
        configured(tmp_path, f"{site.url}/a")
        site.pages["/a"] = Page(200, rss("<item><title>Kabar</title><link>/1</link></item>" * 3, "").encode())
        done = tool("sources", "probe", folder=tmp_path, ALLOW_LOOPBACK="1")
        assert done.returncode == 0
        assert "1 dari 1 sumber menjawab" in done.stdout

    def test_it_fits_into_a_terminal_of_80_columns(self, tmp_path: Path, site: Website) -> None:
        configured(tmp_path, *(f"{site.url}/{path}" for path in ("a", "b")))
        site.pages |= {"/a": FEED, "/b": Page(403)}
        _, seen = in_terminal("sources", "probe", folder=tmp_path, ALLOW_LOOPBACK="1", COLUMNS="80", NO_COLOR="1")
        shown = [line for line in seen.split("\x1b[2K")[-1].splitlines() if line]
        assert max(map(len, shown)) <= 80

    def test_without_sources(self, tmp_path: Path) -> None:
        configured(tmp_path, text='agencies: [{id: "33.99", name: Kabupaten Sagara}]\n')
        done = tool("sources", "probe", folder=tmp_path)
        assert (done.returncode, "sources add" in done.stderr) == (1, True)


class TestList:
    def test_the_catalogue_by_words(self, tmp_path: Path) -> None:
        whole = tool("sources", "list", "--catalogue", "--json", folder=tmp_path).stdout.splitlines()
        assert len(whole) == len(catalogue.offers()) > 30
        some = tool("sources", "list", "--catalogue", "yogyakarta", folder=tmp_path).stdout
        assert "Antara Yogyakarta" in some
        assert "Antara Jambi" not in some
        assert "Jabar" in tool("sources", "list", "--catalogue", "jawa barat", folder=tmp_path).stdout
        none = tool("sources", "list", "--catalogue", "qqqq", folder=tmp_path)
        assert (none.returncode, "menurut provinsi" in none.stderr) == (1, True)

    def test_two_feeds_of_an_outlet_are_told_apart(self, tmp_path: Path) -> None:
        feeds = "".join(
            f"  - {{id: w-{part}, name: Warta, url: 'https://warta.example/{part}'}}\n" for part in ("hukum", "metro")
        )
        configured(tmp_path, text='agencies: [{id: "33.99", name: Kabupaten Sagara}]\nsources:\n' + feeds)
        shown = tool("sources", folder=tmp_path).stdout
        assert ("Warta (w-hukum)" in shown, "Warta (w-metro)" in shown) == (True, True)

    def test_late_and_dead_by_their_own_rhythm(self, tmp_path: Path) -> None:
        coverage = Coverage(2, 2, (), 1_700_000_000, "Cakupan: 2 dari 2 sumber bekerja")
        lines = [
            SourceLine(name, name, "local", "", "", "ok", 1, 1_700_000_000, 0, 1, 7, "", 0, 600, 7_200, condition)
            for name, condition in (("Warta", "late"), ("Kabar", "dead"))
        ]
        store = LocalStore(str(tmp_path / "data"))
        store.commit([Put("views/sources", pack(SourcesView(1_700_000_000, "Asia/Jakarta", coverage, tuple(lines))))])
        store.close()
        shown = tool("sources", "list", folder=tmp_path).stdout
        assert "terlambat Warta: tidak ada berita baru sejak" in shown
        assert "MATI Kabar" in shown
        assert "jeda terlama biasanya 2 jam" in shown


def test_every_offer_of_the_catalogue_can_be_configured() -> None:
    for offer in catalogue.offers():
        lines = "".join(f"    {key}: {json.dumps(value)}\n" for key, value in offer.fields.items())
        config = read_config(f'agencies: [{{id: "33.99", name: Kabupaten Sagara}}]\nsources:\n  -\n{lines}')
        assert config.sources[0].id == offer.fields["id"]
