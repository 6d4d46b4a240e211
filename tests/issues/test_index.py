"""Which issues a text is compared with: where very many say a word, the newest ones, and those that go on."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice

import msgspec
import pytest

from benchmarks import news
from shared.issues import Issues, index, parts

NOON = 1_764_046_800
MINUTE = 60
QUARTER = 900

Told = tuple[str, str, str, int, tuple[str, ...]]


def told(seed: int, many: int) -> Iterator[Told]:
    """Mentions one a minute: id, title, lead, time, agencies."""
    for number, text in enumerate(islice(news.invented(seed), many)):
        yield (
            f"{number * 0x9E3779B97F4A7C15 % 2**64:016x}",
            text.title,
            text.lead,
            NOON + number * MINUTE,
            (news.agency(text.agency),),
        )


@pytest.fixture
def crowded(monkeypatch: pytest.MonkeyPatch) -> None:
    """As if very many issues were on file."""
    monkeypatch.setattr(index, "NEWEST", 3)
    monkeypatch.setattr(index, "LOOKED_UP", 30)
    monkeypatch.setattr(index, "RENEWED", 20)


@pytest.mark.usefixtures("crowded")
@pytest.mark.parametrize("seed", range(3))
@pytest.mark.parametrize("every", [1, 7, 50])
def test_a_restart_goes_on_with_the_same_numbers(seed: int, every: int) -> None:
    straight, restarted = Issues(), Issues()
    known = parts.Packed()
    for number, (mention, title, lead, at, about) in enumerate(told(seed, 400)):
        assert straight.add(mention, title, lead, at, about) == restarted.add(mention, title, lead, at, about)
        if at % QUARTER == 0:
            assert straight.merge(at) == restarted.merge(at)
            straight.forget(at - 120 * MINUTE)
            restarted.forget(at - 120 * MINUTE)
        if number % every == 0:
            kept = restarted.pack(known)
            known = parts.Packed()
            restarted = Issues.unpack(kept, known)
    assert straight.pack() == restarted.pack()


def test_a_matter_that_goes_on_is_found_among_hundreds_that_say_its_words() -> None:
    """It is the oldest, and each of its words is in the news of every eighth other matter."""
    issues, crisis = Issues(), "siswa muntah keracunan menu sekolah dapur puskesmas rawat"
    first = issues.add("f" * 16, crisis, "", NOON, ("33.99",))
    for number in range(1600):
        at, word = NOON + number * MINUTE, crisis.split()[number % 8]
        title = " ".join((word, *(news.word(number + apart) for apart in (0, 4000, 9000))))
        assert issues.add(f"{number:016x}", title, "", at, ("33.99",)) != first
        if number % 80 == 79:
            assert issues.add(f"c{number:015x}", crisis, "", at, ("33.99",)) == first


def test_issues_of_before_are_numbered_in_the_order_of_their_birth_and_packed_anew(monkeypatch: pytest.MonkeyPatch) -> None:
    """Programs before this one packed no numbers."""
    before = Issues()
    for mention, title, lead, at, about in told(5, 60):
        before.add(mention, title, lead, at, about)
    new = before.pack()
    with monkeypatch.context() as earlier:
        earlier.setattr(parts, "_record", lambda issue, record=parts._record: msgspec.structs.astuple(record(issue))[:-1])
        old = before.pack()
    assert old != new
    known = parts.Packed()
    after = Issues.unpack(old, known)
    assert after.pack() == new
    mention, title, lead, at, about = next(told(5, 1))
    after.add("f" * 16, title, lead, at, about, f"i{mention[:10]}")
    assert Issues.unpack(after.pack(known)).pack() == after.pack()
