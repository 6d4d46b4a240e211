"""The sentences about mistakes in receivers, as in wording.py."""

from __future__ import annotations

from typing import Final

from shared.config.meanings import Sentences

RECEIVERS: Final[dict[str, Sentences]] = {
    "receiver_needs": (
        ("penerima {kind} memerlukan {key!r}", "tambahkan {key}: {example}"),
        ("a {kind} receiver needs {key!r}", "add {key}: {example}"),
    ),
    "receiver_needs_secret": (
        (
            "penerima {kind} memerlukan 'secret' ({what})",
            "tambahkan secret: {example}, dan simpan isinya di variabel lingkungan SECRET_{example}, bukan di file ini",
        ),
        (
            "a {kind} receiver needs 'secret' ({what})",
            "add secret: {example}, and keep the value in the environment variable SECRET_{example}, not in this file",
        ),
    ),
    "receiver_has_no": (
        ("penerima {kind} tidak memakai {key!r}", "hapus baris ini, atau perbaiki kind"),
        ("a {kind} receiver does not use {key!r}", "remove this line, or correct kind"),
    ),
    "secret_address": (
        (
            "alamat webhook {kind} adalah rahasia",
            "hapus url, simpan alamat itu di SECRET_{example} dan tulis secret: {example}; ganti alamat yang sudah tertulis ini",
        ),
        (
            "the webhook address of {kind} is a secret",
            "remove url, keep the address in SECRET_{example} and write secret: {example}; make a new one: this has been seen",
        ),
    ),
    "receiver_form": (
        ("{key} {value!r} tidak dapat dipakai untuk {kind}", "contoh: {example}"),
        ("{key} {value!r} cannot be used for {kind}", "such as {example}"),
    ),
    "no_reports": (
        ("penerima {kind} tidak dapat mengabarkan laporan: templatnya untuk peringatan", "hapus reports, pakai penerima lain"),
        ("a {kind} receiver cannot tell of reports: its template is for alerts", "remove reports, use another receiver"),
    ),
    "mail_server": (
        (
            "server surat {value!r} tidak dapat dipakai",
            "tulis smtps://server:465 (TLS sejak awal) atau smtp://server:587 (STARTTLS), tanpa nama pengguna",
        ),
        (
            "mail server {value!r} cannot be used",
            "write smtps://server:465 (TLS from the start) or smtp://server:587 (STARTTLS), without a user name",
        ),
    ),
    "mail_inside": (
        ("server surat {value!r} ada di dalam jaringan kantor, jadi tidak dihubungi", "pakai server surat di internet"),
        ("mail server {value!r} is inside the office network, so it is not contacted", "use a mail server on the internet"),
    ),
}
