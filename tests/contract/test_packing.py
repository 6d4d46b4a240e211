"""What is compressed on its way to Firestore comes back as it was."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from shared.gcp.packing import LEAST, MARK, grow, shrink


@given(st.binary(max_size=3 * LEAST), st.integers(1, 4))
def test_documents_come_back(data: bytes, times: int) -> None:
    for document in (data * times, MARK + data):
        stored = shrink(document)
        assert grow(stored) == document
        assert len(stored) <= len(document) + 16


def test_wordy_documents_shrink_and_small_ones_stay() -> None:
    wordy = b'{"at":1794877200,"total":0,"negative":0}' * 100
    assert len(shrink(wordy)) < len(wordy) / 5
    assert shrink(b"{}") == b"{}"


def test_documents_of_before_stay_readable() -> None:
    assert grow(b'{"made_at":1}' * 500) == b'{"made_at":1}' * 500
