"""The summary: sentences word for word, the nearest first chosen, nothing twice, honest about what it rests on."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from shared.issues.summary import MOST_SENTENCES, Text, summarise

LEADS = (
    "Puluhan siswa SDN Muara Biru dirawat setelah makan nasi kotak. Cuaca cerah di ibu kota kabupaten pagi itu.",
    "Puluhan siswa SDN Muara Biru dirawat setelah makan nasi kotak bantuan. Bupati menjenguk korban di RSUD Sagara.",
    "Polisi menahan penyedia nasi kotak yang diduga lalai menyimpan lauk. Sidang dijadwalkan bulan depan di pengadilan.",
)
TEXTS = [Text(f"{number}", f"Judul {number}", lead, number, 0) for number, lead in enumerate(LEADS)]


def near(sentence: str) -> int:
    """As many of these words as it has."""
    return 100 * sum(word in sentence for word in ("siswa", "nasi", "kotak", "dirawat", "Polisi", "Bupati"))


def test_it_says_most_and_nothing_twice() -> None:
    assert [one.sentence for one in summarise(TEXTS, near)] == [
        LEADS[0].split(". ")[0] + ".",
        LEADS[1].split(". ")[1],
        LEADS[2].split(". ")[0] + ".",
    ]


def test_where_no_lead_is_known_it_is_made_of_headlines() -> None:
    texts = [Text("a", "Siswa keracunan nasi kotak di Muara Biru - Kabar Sagara", "", 0, 0)]
    [one] = summarise(texts, near)
    assert (one.sentence, one.of_lead) == ("Siswa keracunan nasi kotak di Muara Biru", False)


def test_what_many_republished_counts_more() -> None:
    texts = [
        Text("a", "Siswa makan nasi", "", 5, 0),
        Text("b", "Siswa minum nasi", "", 1, 0),
        Text("c", "Siswa beli nasi", "", 2, 9),
    ]
    assert "c" in {one.key for one in summarise(texts, near)}
    assert summarise([], near) == []
    assert summarise(texts, lambda _: 0) == []


@given(st.lists(st.tuples(st.text(max_size=200), st.text(max_size=200)), max_size=8))
def test_at_most_three_one_a_text_and_in_order_of_time(rows: list[tuple[str, str]]) -> None:
    texts = [Text(f"{number}", title, lead, number, 0) for number, (title, lead) in enumerate(rows)]
    chosen = summarise(texts, len)
    assert len(chosen) <= MOST_SENTENCES
    assert len({one.key for one in chosen}) == len(chosen)
    assert [int(one.key) for one in chosen] == sorted(int(one.key) for one in chosen)
    assert summarise(list(reversed(texts)), len) == chosen
