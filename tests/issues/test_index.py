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

RECORD = parts._record

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


def test_a_matter_into_which_another_one_merges_is_found_where_that_was() -> None:
    issues, crisis = Issues(), "siswa muntah keracunan menu sekolah dapur puskesmas rawat"
    old = issues.add("f" * 16, f"{crisis} korban", "", NOON, ("33.99",))
    at = NOON
    for number in range(400):
        at, word = NOON + number * MINUTE, crisis.split()[number % 8]
        issues.add(
            f"{number:016x}", " ".join((word, *(news.word(number + apart) for apart in (0, 4000, 9000)))), "", at, ("33.99",)
        )
    young = issues.add("e" * 16, crisis, "", at, ("33.99",))
    assert young != old
    assert (young, old) in issues.merge(at)
    assert issues.add("d" * 16, crisis, "", at, ("33.99",)) == old


@pytest.fixture
def earlier(monkeypatch: pytest.MonkeyPatch) -> Iterator[pytest.MonkeyPatch]:
    """A program before this one, which packed no numbers."""
    with monkeypatch.context() as context:
        context.setattr(parts, "_record", lambda issue, record=RECORD: msgspec.structs.astuple(record(issue))[:-1])
        yield context


def test_issues_of_before_are_numbered_in_the_order_of_their_birth_and_packed_anew(earlier: pytest.MonkeyPatch) -> None:
    before = Issues()
    for mention, title, lead, at, about in told(5, 60):
        before.add(mention, title, lead, at, about)
    old = before.pack()
    earlier.undo()
    new = before.pack()
    assert old != new
    known = parts.Packed()
    after = Issues.unpack(old, known)
    assert after.pack() == new
    mention, title, lead, at, about = next(told(5, 1))
    after.add("f" * 16, title, lead, at, about, f"i{mention[:10]}")
    assert Issues.unpack(after.pack(known)).pack() == after.pack()


def test_what_an_earlier_program_has_packed_in_between_gets_numbers_of_its_own(earlier: pytest.MonkeyPatch) -> None:
    """It left the numbers of what it did not touch."""
    issues, known = Issues(), parts.Packed()
    texts = list(told(5, 60))
    for mention, title, lead, at, about in texts[:40]:
        issues.add(mention, title, lead, at, about)
    with pytest.MonkeyPatch.context() as new:
        new.setattr(parts, "_record", RECORD)
        issues.pack(known)
    for mention, title, lead, at, about in texts[40:50]:
        issues.add(mention, title, lead, at, about)
    mixed = issues.pack(known)
    earlier.undo()
    after = Issues.unpack(mixed, parts.Packed())
    for mention, title, lead, at, about in texts[50:]:
        after.add(mention, title, lead, at, about)
    after.merge(texts[-1][3])
    after.forget(texts[-1][3] + 1)
    assert len(after) == 0
