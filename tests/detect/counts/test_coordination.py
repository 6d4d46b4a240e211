"""The indication of coordinated posting: rings are told about, newsrooms that hurry are not."""

from __future__ import annotations

from shared.detect.counts.coordination import FEWEST_ACCOUNTS, TIMES, TOGETHER, Post, indication


def ring(accounts: int, texts: int, apart: int) -> list[Post]:
    """Accounts that post each text one after the other."""
    return [(10_000 * text + apart * account, text, account) for text in range(texts) for account in range(accounts)]


def test_accounts_that_post_together_again_and_again_are_told_about_as_an_indication() -> None:
    sentence = indication(ring(FEWEST_ACCOUNTS + 2, TIMES, 5))
    assert sentence.startswith("Indikasi unggahan terkoordinasi: 7 akun")
    assert sentence.endswith("bukan bukti.")


def test_too_few_accounts_or_texts_or_too_far_apart_is_no_indication() -> None:
    assert indication(ring(FEWEST_ACCOUNTS - 1, 9, 5)) == ""
    assert indication(ring(9, TIMES - 1, 5)) == ""
    assert indication(ring(9, 9, TOGETHER + 1)) == ""
    assert indication([]) == ""


def test_one_account_is_no_ring_and_links_make_one() -> None:
    assert indication([(at, at, 1) for at in range(100)]) == ""
    chain = ring(FEWEST_ACCOUNTS, TIMES, TOGETHER)  # each is near its neighbours alone
    assert "5 akun" in indication(chain)
    assert indication(list(reversed(chain))) == indication(chain)
