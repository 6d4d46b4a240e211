import re
from contextlib import suppress

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from shared.sources.contract import LEAD, TITLE, Found
from shared.sources.feed import MOST_ITEMS, FeedError, read_feed
from tests.sources.feeds import AT, DATE, HEAD, item, rss

URL = "https://kabarsagara.example/feed/"
LEAD_TEXT = "Air di Lembah Angin keruh & bau."


def titles(text: str | bytes) -> list[str]:
    body = text.encode() if isinstance(text, str) else text
    return [found.title for found in read_feed(body, URL).items]


def test_rss() -> None:
    assert read_feed(rss(item(1)).encode(), URL).items == [
        Found("Warga Sagara keluhkan air keruh 1", "https://kabarsagara.example/berita/1", AT, LEAD_TEXT, "kabar-1")
    ]


def test_atom() -> None:
    entry = """<entry><title type="html">Air &amp;amp; jalan</title><link rel="enclosure" href="https://x.example/foto.jpg"/>
        <link rel="alternate" href="/berita/1"/><id>tag:1</id><published>2025-10-06T10:05:00+07:00</published>
        <updated>2025-10-07T10:05:00+07:00</updated><summary type="html">&lt;p&gt;Isi&lt;/p&gt;</summary></entry>"""
    feed = f'{HEAD}<feed xmlns="http://www.w3.org/2005/Atom"><title>Kabar</title>{entry}</feed>'
    assert read_feed(feed.encode(), URL).items == [
        Found("Air & jalan", "https://kabarsagara.example/berita/1", AT, "Isi", "tag:1")
    ]


def test_atom_by_prefix_and_only_updated() -> None:
    entry = """<a:entry><a:title>Air</a:title><a:link href="https://x.example/1"/><a:updated>2025-10-06T03:05:00Z</a:updated></a:entry>"""
    feed = f'<a:feed xmlns:a="http://www.w3.org/2005/Atom">{entry}</a:feed>'
    (found,) = read_feed(feed.encode(), URL).items
    assert (found.title, found.link, found.published_at) == ("Air", "https://x.example/1", AT)


def test_rdf() -> None:
    feed = f"""{HEAD}<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns="http://purl.org/rss/1.0/"
        xmlns:dc="http://purl.org/dc/elements/1.1/"><channel rdf:about="x"><title>Kabar</title></channel>
        <item rdf:about="https://x.example/1"><title>Air</title><link>https://x.example/1</link>
        <dc:date>2025-10-06T10:05:00+07:00</dc:date></item></rdf:RDF>"""
    assert read_feed(feed.encode(), URL).items == [Found("Air", "https://x.example/1", AT, "", "https://x.example/1")]


@pytest.mark.parametrize(
    "date",
    [
        DATE,
        "<pubDate><![CDATA[ Senin, 6 Oktober 2025 10.05 WIB ]]></pubDate>",
        "<pubDate>Mon, 06 Oct 2025 10:05:00 WIB</pubDate>",
        "<dc:date xmlns:dc='http://purl.org/dc/elements/1.1/'>2025-10-06T10:05:00+07:00</dc:date>",
    ],
)
def test_dates(date: str) -> None:
    assert [found.published_at for found in read_feed(rss(item(1, date=date)).encode(), URL).items] == [AT]


@pytest.mark.parametrize("date", ["", "<pubDate/>", "<pubDate>kemarin</pubDate>", "<pubDate>10</pubDate>"])
def test_no_usable_date(date: str) -> None:
    assert [found.published_at for found in read_feed(rss(item(1, date=date)).encode(), URL).items] == [0]


class TestTolerance:
    @pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "iso-8859-1", "windows-1252"])
    def test_charsets_as_declared(self, encoding: str) -> None:
        name = encoding.removesuffix("-sig")
        feed = read_feed(rss(item(1, "Kafé")).replace("UTF-8", name).encode(encoding), URL)
        assert ([found.title for found in feed.items], feed.misdeclared) == (["Kafé 1"], False)

    @pytest.mark.parametrize(("declared", "encoding"), [("UTF-8", "windows-1252"), ("ISO-8859-1", "utf-8")])
    def test_charsets_declared_wrongly(self, declared: str, encoding: str) -> None:
        feed = read_feed(rss(item(1, "“Kafé”")).replace("UTF-8", declared).encode(encoding), URL)
        assert ([found.title for found in feed.items], feed.misdeclared) == (["“Kafé” 1"], True)

    @pytest.mark.parametrize(
        ("written", "read"),
        [
            ("R&D &ldquo;air&rdquo; &nbsp;x &takdikenal; &#8217; &amp;amp;", "R&D “air” x &takdikenal; ’ &"),
            ("<![CDATA[R&D <i>air</i> &ldquo;]]>", "R&D air “"),
            ("a &#0; b &#xFFFF; c &#99999999; d", "a b c \ufffd d"),
            ("a\x00\x08b", "ab"),
            ("a <!-- & < ]]> --> b", "a b"),
        ],
    )
    def test_entities_and_stray_characters(self, written: str, read: str) -> None:
        assert titles(rss(item(1, written))) == [f"{read} 1"]

    def test_ampersand_in_a_link(self) -> None:
        feed = rss("<item><title>Air</title><link>https://x.example/?a=1&b=2</link></item>")
        assert read_feed(feed.encode(), URL).items[0].link == "https://x.example/?a=1&b=2"

    @pytest.mark.parametrize("junk", ["\n\n ", "Warning: mysql_connect() in /index.php\n", "\ufeff", "<?xml?xml version='1.0'?>"])
    def test_junk_before(self, junk: str) -> None:
        assert len(titles(junk + rss(item(1)))) == 1

    def test_junk_after(self) -> None:
        assert len(titles(rss(item(1)) + "<!-- cache --><script>x()</script>")) == 1

    def test_unknown_prefixes(self) -> None:
        assert len(titles(rss(item(1, extra="<media:content url='x'/><a:b>c</a:b>")))) == 1

    def test_what_is_whole_of_a_truncated_feed(self) -> None:
        whole = rss(*(item(number) for number in range(10))).encode()
        for end in range(len(whole) - 60, len(whole) - 400, -7):
            feed = read_feed(whole[:end], URL)
            assert feed.truncated
            assert {found.title for found in feed.items} <= {f"Warga Sagara keluhkan air keruh {n}" for n in range(10)}
            assert len(feed.items) >= 8
        assert not read_feed(whole, URL).truncated

    def test_missing_parts(self) -> None:
        feed = rss(
            "<item><title></title><description>Tanpa judul</description></item>",
            "<item><link>https://x.example/kosong</link></item>",
            "<item><title>Tanpa alamat</title><link>javascript:alert(1)</link></item>",
            "<item><title>Dari guid</title><guid>https://x.example/guid</guid></item>",
            f"<item><title>{'panjang ' * 200}</title><link>https://x.example/{'x' * 3000}</link></item>",
        )
        found = read_feed(feed.encode(), URL).items
        assert [one.link for one in found] == ["", "", "https://x.example/guid", ""]
        assert [one.title for one in found[:3]] == ["Tanpa judul", "Tanpa alamat", "Dari guid"]
        assert TITLE - 10 < len(found[3].title) <= TITLE

    def test_a_long_lead_is_cut(self) -> None:
        feed = rss(f"<item><title>Air</title><description>{'kata ' * 1000}</description></item>")
        assert LEAD - 10 < len(read_feed(feed.encode(), URL).items[0].lead) <= LEAD

    def test_content_where_there_is_no_summary(self) -> None:
        namespace = "xmlns:content='http://purl.org/rss/1.0/modules/content/'"
        content = f"<content:encoded {namespace}><![CDATA[<p>Isi penuh</p>]]></content:encoded>"
        feed = rss(f"<item><title>Air</title>{content}</item>")
        assert read_feed(feed.encode(), URL).items[0].lead == "Isi penuh"

    def test_the_newest_of_very_many(self) -> None:
        dates = [
            f"<pubDate>{1 + n % 28} {('Jan', 'Feb')[n % 2]} 2025 00:00:{n % 60:02} GMT</pubDate>" for n in range(MOST_ITEMS + 50)
        ]
        feed = read_feed(rss(*(item(n, date=date) for n, date in enumerate(dates))).encode(), URL)
        times = [found.published_at for found in feed.items]
        assert len(times) == MOST_ITEMS
        assert times == sorted(times, reverse=True)


class TestNoFeed:
    @pytest.mark.parametrize(
        ("body", "reason"),
        [
            (b"", "bukan RSS"),
            (b"\x00\xff\xfe", "bukan RSS"),
            (b"<!doctype html><title>x</title><p>Mohon tunggu", "halaman web"),
            (b"<html><body>rss</body></html>", "halaman web"),
            (b"<html><body><rss><channel></channel></rss>", "halaman web"),
            (b'{"version": "https://jsonfeed.org/version/1", "items": []}', "bukan RSS"),
            (b"<?xml version='1.0'?><peta/>", "bukan RSS"),
            (b"<rss>", "rusak"),
        ],
    )
    def test_reasons(self, body: bytes, reason: str) -> None:
        with pytest.raises(FeedError, match=reason):
            read_feed(body, URL)

    def test_a_feed_without_items_is_a_feed(self) -> None:
        assert titles(rss()) == []


class TestHostile:
    def test_entities_are_never_expanded_and_files_never_read(self) -> None:
        entities = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 10))
        doctype = f'<!DOCTYPE rss [<!ENTITY l0 "lol">{entities}<!ENTITY x SYSTEM "file:///etc/passwd"><!ENTITY % p SYSTEM "http://127.0.0.1:9/">%p;]>'
        feed = read_feed(f"<?xml version='1.0'?>{doctype}{rss(item(1, '&l9;&x;'), head='')}".encode(), URL)
        assert [found.title for found in feed.items] == ["&l9;&x; 1"]
        assert feed.entities

    @pytest.mark.parametrize(
        "body",
        [
            b"<rss><channel><item>" + b"<a>" * 1_000_000,
            b"<rss><channel>" + b"<item>" * 700_000,
            b"<rss " + b" ".join(b'a%d=""' % n for n in range(300_000)) + b"><channel/></rss>",
            b"<rss " + b" ".join(b'xmlns:a%d="x"' % n for n in range(200_000)) + b"><channel/></rss>",
            b"<rss><channel><item><title>" + b"&" * 4_000_000,
            b"<rss><channel><item><title>" + b"<![CDATA[" * 500_000,
            b"<rss><channel><!--" + b"<!-- " * 900_000,
        ],
        ids=["deep", "items", "attributes", "namespaces", "ampersands", "cdata", "comments"],
    )
    def test_floods_are_refused_before_they_are_parsed(self, body: bytes) -> None:
        with pytest.raises(FeedError, match="tidak wajar"):
            read_feed(body, URL)

    @pytest.mark.parametrize(
        "body",
        [
            b"<rss><channel>" + b" " * 4_900_000,
            b"<rss><channel><item><pubDate>" + b"1 " * 2_000_000 + b"</pubDate></item></channel></rss>",
            b"<?xml " * 800_000,
            rss("<item><title>" + "a" * 4_000_000 + "</title></item>").encode(),
            rss("<item><title>x</title><description>" + "&lt;p " * 70_000 + "</description></item>").encode(),
            b"<rss><channel>" + b"<item>" * 140_000 + b"</item>" * 140_000 + b"</channel></rss>",
        ],
        ids=["blank", "date", "declarations", "title", "markup", "nested"],
    )
    def test_bulk_is_read_or_refused_in_linear_time(self, body: bytes) -> None:
        with suppress(FeedError):
            assert len(read_feed(body, URL).items) <= MOST_ITEMS


ODD = ["<![CDATA[", "]]>", "<!--", "-->", "&", "&#", "&x;", "\x00", "é", "<", ">", "<feed>"]
FRAGMENTS = st.sampled_from([*re.findall(r"<[^<>]*>|[^<>]+", rss(item(1), item(2))), *ODD])


@settings(max_examples=300)
@given(
    st.one_of(
        st.binary(max_size=300), st.lists(FRAGMENTS, max_size=40).map(lambda parts: ("<rss><channel>" + "".join(parts)).encode())
    )
)
@example(b"<rss>\xff<channel><item><title>\xed\xa0\x80")
def test_any_bytes_are_a_feed_or_a_feed_error(body: bytes) -> None:
    try:
        feed = read_feed(body, URL)
    except FeedError:
        return
    for found in feed.items:
        assert found.title
        assert found.published_at >= 0
        assert len(found.title) <= TITLE
        assert len(found.lead) <= LEAD
        assert found.link == "" or found.link.startswith(("http://", "https://"))


@given(st.data())
def test_a_damaged_feed_keeps_or_loses_items_but_never_breaks(data: st.DataObject) -> None:
    whole = bytearray(rss(*(item(number) for number in range(3))).encode())
    for _ in range(data.draw(st.integers(1, 6))):
        whole[data.draw(st.integers(0, len(whole) - 1))] = data.draw(st.integers(0, 255))
    with suppress(FeedError):
        assert len(read_feed(bytes(whole), URL).items) <= 3


@pytest.mark.parametrize(
    ("head", "seconds"),
    [
        ("", 0),
        ("<ttl>15</ttl>", 900),
        ("<sy:updatePeriod> hourly </sy:updatePeriod><sy:updateFrequency>4</sy:updateFrequency>", 900),
        ("<sy:updatePeriod>daily</sy:updatePeriod>", 86_400),
        ("<sy:updatePeriod>hourly</sy:updatePeriod><sy:updateFrequency>0</sy:updateFrequency>", 3_600),
        ("<ttl>sering</ttl>", 0),
    ],
)
def test_how_often_it_says_that_it_changes(head: str, seconds: int) -> None:
    assert read_feed(rss(head, item(1)).encode(), URL).says == seconds


class TestDialects:
    """What several dialects keep under other names, and the document's own first item."""

    def test_the_first_item_is_the_documents_and_not_the_newest(self) -> None:
        feed = read_feed(rss("<item><link>https://x.example/0</link></item>", item(1)).encode(), URL)
        assert feed.first == Found("", "https://x.example/0", 0)
        assert [found.title[-1] for found in feed.items] == ["1"]

    def test_a_title_with_elements(self) -> None:
        title = "<title type='xhtml'><div xmlns='http://www.w3.org/1999/xhtml'>Air <b>keruh</b> &amp; bau</div></title>"
        feed = f"<feed xmlns='http://www.w3.org/2005/Atom'><entry>{title}</entry></feed>"
        assert titles(feed) == ["Air keruh & bau"]

    def test_atom_without_a_namespace(self) -> None:
        assert titles("<feed><entry><title>Air</title></entry></feed>") == ["Air"]

    def test_a_picture_is_no_page(self) -> None:
        entry = "<title>Air</title><link rel='enclosure' href='https://x.example/a.jpg'/><id>https://x.example/1</id>"
        feed = f"<feed xmlns='http://www.w3.org/2005/Atom'><entry>{entry}</entry></feed>"
        assert read_feed(feed.encode(), URL).items[0].link == "https://x.example/1"

    def test_a_guid_that_is_no_address_of_a_page(self) -> None:
        entry = "<item><title>Air</title><guid isPermaLink='false'>https://x.example/1</guid></item>"
        assert read_feed(rss(entry).encode(), URL).items[0].link == ""

    def test_addresses_are_relative_to_the_base(self) -> None:
        entry = "<entry xml:base='berita/'><title>Air</title><link href='1'/></entry>"
        feed = f"<feed xmlns='http://www.w3.org/2005/Atom' xml:base='https://x.example/'>{entry}</feed>"
        assert read_feed(feed.encode(), URL).items[0].link == "https://x.example/berita/1"

    def test_modules_stand_in_for_what_is_missing(self) -> None:
        spaces = "xmlns:dc='http://purl.org/dc/elements/1.1/' xmlns:media='http://search.yahoo.com/mrss/'"
        names = "<media:title>foto</media:title><dc:title>Air</dc:title><dc:date>2025-10-06T03:05:00Z</dc:date>"
        entry = f"<item {spaces}>{names}</item>"
        (found,) = read_feed(rss(entry).encode(), URL).items
        assert (found.title, found.published_at) == ("Air", AT)

    def test_items_after_one_that_never_ends(self) -> None:
        broken = item(1).replace("</item>", "")
        assert len(titles(rss(broken, item(2), item(3)))) == 3

    def test_base64(self) -> None:
        feed = (
            "<feed version='0.3' xmlns='http://purl.org/atom/ns#'><entry><title mode='base64'>QWlyIGtlcnVo</title></entry></feed>"
        )
        assert titles(feed) == ["Air keruh"]

    def test_channel_definition_format(self) -> None:
        feed = "<CHANNEL HREF='https://x.example/'><ITEM HREF='https://x.example/1'><TITLE>Air</TITLE></ITEM></CHANNEL>"
        assert read_feed(feed.encode(), URL).items == [Found("Air", "https://x.example/1", 0)]


@pytest.mark.parametrize("charset", ["iso-8859-12", "iso-8859-99", "windows-1259", "utf-16", "shift_jis", "punycode"])
def test_a_charset_that_nobody_has_is_no_defect(charset: str) -> None:
    document = rss("<item><title>Kafé Sagara</title></item>").replace("UTF-8", charset)
    assert charset in document
    assert titles(document.encode("iso-8859-1")) == ["Kafé Sagara"]


@pytest.mark.parametrize("charset", ["utf-16-le", "utf-16-be"])
def test_utf_16_without_its_mark(charset: str) -> None:
    assert titles(rss("<item><title>Kafé Sagara</title></item>").encode(charset)) == ["Kafé Sagara"]


def test_a_character_that_was_cut_apart_does_not_spoil_the_others() -> None:
    body = rss("<item><title>Bupati: “Air keruh”</title><description>Warga “men§</description></item>").encode()
    (found,) = read_feed(body.replace("§".encode(), "“".encode()[:2]), URL).items
    assert (found.title, found.lead) == ("Bupati: “Air keruh”", "Warga “men")


def test_a_long_article_with_escaped_markup_is_no_attack() -> None:
    links = "&lt;a href=&quot;/x&quot; class=&quot;y&quot;&gt;z&lt;/a&gt; " * 2_000
    assert titles(rss(f"<item><title>Panjang</title><description>{links}</description></item>")) == ["Panjang"]


def test_entities_in_capitals_are_text_and_never_markup() -> None:
    assert titles(rss("<item><title>A &AMP; B &LT;i> &hellip;</title></item>")) == ["A & B …"]


@pytest.mark.parametrize("relation", ["alternate", " Alternate ", "http://www.iana.org/assignments/relation/alternate"])
def test_a_relation_in_every_spelling(relation: str) -> None:
    entry = f'<entry><title>Air</title><link rel="{relation}" href="https://x.example/1"/></entry>'
    (found,) = read_feed(f'<feed xmlns="http://www.w3.org/2005/Atom">{entry}</feed>'.encode(), URL).items
    assert found.link == "https://x.example/1"
