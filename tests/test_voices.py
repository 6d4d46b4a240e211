"""What a letter is, by its words."""

from __future__ import annotations

import pytest

from shared.voices import kind_of


@pytest.mark.parametrize(
    ("title", "tone", "kind"),
    [
        ("Lampu jalan padam sejak Senin", "negative", "complaint"),
        ("Kapan blanko KTP tersedia lagi", "neutral", "question"),
        ("Pelayanan puskesmas buka jam berapa?", "neutral", "question"),
        ("Usul: tambah tempat sampah di alun-alun", "neutral", "proposal"),
        ("Terima kasih, jalan kami sudah diperbaiki", "positive", "praise"),
        ("Terima kasih atas janji yang tidak ditepati", "negative", "complaint"),
    ],
)
def test_the_kind_is_guessed_from_the_words(title: str, tone: str, kind: str) -> None:
    assert kind_of(title, "", tone) == kind


@pytest.mark.parametrize(
    ("title", "lead", "kind"),
    [
        ("Jalan berlubang di Desa Muara", "Sudah sebulan, mohon segera diperbaiki. Terima kasih.", "complaint"),
        ("Mau tanya jadwal samsat keliling", "Terima kasih sebelumnya.", "question"),
        ("Usul taman baca", "Terima kasih atas perhatiannya.", "proposal"),
        ("Pelayanan puskesmas cepat", "Salut untuk para perawat.", "praise"),
    ],
)
def test_a_polite_end_is_no_praise(title: str, lead: str, kind: str) -> None:
    assert kind_of(title, lead, "neutral") == kind
