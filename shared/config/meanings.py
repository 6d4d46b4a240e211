"""The sentences about mistakes in the meaning of a configuration, as in wording.py."""

from __future__ import annotations

from typing import Final

Sentences = tuple[tuple[str, str], tuple[str, str]]  # what is wrong and what to do, in Indonesian and in English

MEANING: Final[dict[str, Sentences]] = {
    "no_agencies": (
        (
            "tidak ada instansi yang dipantau",
            "tambahkan paling sedikit satu di bawah agencies, atau mulai dengan: ./kentongan init",
        ),
        ("no agency is watched", "add at least one under agencies, or begin with: ./kentongan init"),
    ),
    "agency_id": (
        (
            "id instansi {value!r} bukan kode wilayah dan bukan singkatan resmi",
            'tulis kode Kemendagri ("33.99") atau singkatan huruf besar ("BGN")',
        ),
        (
            "agency id {value!r} is neither a region code nor an official abbreviation",
            'write the Kemendagri code ("33.99") or an abbreviation in capitals ("BGN")',
        ),
    ),
    "agency_id_near": (
        ("id instansi {value!r} bukan kode wilayah dan bukan singkatan resmi", 'mungkin maksudnya "{near}"?'),
        ("agency id {value!r} is neither a region code nor an official abbreviation", 'did you mean "{near}"?'),
    ),
    "bad_id": (
        ("id {value!r} mengandung tanda yang tidak boleh", "pakai huruf kecil, angka, dan tanda hubung, misalnya {example!r}"),
        (
            "id {value!r} contains characters that are not allowed",
            "use lower-case letters, digits and hyphens, such as {example!r}",
        ),
    ),
    "duplicate_id": (
        ("id {value!r} sudah dipakai di baris {first}", "beri id lain"),
        ("id {value!r} is used in line {first} already", "give it another id"),
    ),
    "duplicate_word": (
        ("kata {value!r} sudah ada di baris {first}", "gabungkan keduanya"),
        ("word {value!r} is already there in line {first}", "merge the two"),
    ),
    "duplicate_url": (
        ("alamat ini sudah dipakai sumber lain di baris {first}", "hapus salah satu, agar berita tidak diambil dua kali"),
        ("this address is used by another source in line {first}", "remove one, so that nothing is fetched twice"),
    ),
    "short_name": (
        (
            "{value!r} terlalu pendek untuk dicari",
            "paling sedikit {least} huruf; yang lebih pendek cocok dengan terlalu banyak berita",
        ),
        ("{value!r} is too short to search for", "at least {least} letters; a shorter one matches too much"),
    ),
    "curly_quotes": (
        (
            "{value!r} memuat tanda kutip melengkung, yang dianggap bagian dari nama",
            "biasanya ikut tersalin dari Word atau WhatsApp: hapus, atau ketik tanda kutip lurus",
        ),
        (
            "{value!r} has curly quotes, which are taken as part of the name",
            "they often come along from Word or a chat: delete them, or type straight quotes",
        ),
    ),
    "shared_name": (
        ("{value!r} juga dipakai instansi {other!r} (baris {first})", "hapus dari salah satunya, atau tulis lebih lengkap"),
        ("{value!r} is also used by agency {other!r} (line {first})", "remove it from one of them, or write it out more fully"),
    ),
    "hides_all": (
        (
            "pengecualian (exclude) ini menutupi semua nama instansi, jadi tidak ada berita yang cocok",
            "tulis frasa yang lebih lengkap",
        ),
        ("these exclusions hide every name of the agency, so nothing can match", "write longer phrases"),
    ),
    "hides_name": (
        (
            "pengecualian {value!r} menutupi sebutan instansi ini sendiri ({known}), jadi sebutan itu tidak akan pernah cocok",
            "tulis frasa yang lebih lengkap, misalnya nama klub atau jalan seutuhnya",
        ),
        (
            "the exclusion {value!r} hides names of this very agency ({known}), which can therefore never match",
            "write a longer phrase, such as the whole name of the club or street",
        ),
    ),
    "unknown_agency": (
        ("instansi {value!r} tidak ada di agencies", "pakai salah satu id: {known}"),
        ("agency {value!r} is not under agencies", "use one of the ids: {known}"),
    ),
    "unknown_topic": (
        ("topik {value!r} tidak dikenal", "pakai satu huruf dari: {known}"),
        ("unknown topic {value!r}", "use one letter of: {known}"),
    ),
    "bad_url": (
        ("alamat {value!r} tidak dapat dipakai", "tulis alamat lengkap yang diawali https://"),
        ("address {value!r} cannot be used", "write the full address, beginning with https://"),
    ),
    "url_credentials": (
        ("alamat memuat nama pengguna atau kata sandi", "hapus bagian sebelum @; simpan rahasia di luar file ini"),
        ("the address contains a user name or password", "remove the part before @; keep secrets out of this file"),
    ),
    "undeliverable_url": (
        ("penerima tidak akan terhubung: {value}", "pakai alamat https:// di internet; http dan alamat dalam kantor ditolak"),
        (
            "the receiver will not be reached: {value}",
            "use an https:// address on the internet; http and office addresses are refused",
        ),
    ),
    "unreachable_url": (
        ("sumber tidak akan terhubung: {value}", "pakai alamat di internet; alamat dalam kantor ditolak"),
        ("the source will not be reached: {value}", "use an address on the internet; office addresses are refused"),
    ),
    "pasted_secret": (
        (
            "rahasia ditempel di file ini",
            "tulis namanya saja, misalnya WEBHOOK, simpan isinya di SECRET_WEBHOOK, dan ganti rahasia yang sudah tertulis ini",
        ),
        (
            "a secret is pasted into this file",
            "write only its name, such as WEBHOOK, keep the value in SECRET_WEBHOOK, and replace this secret: it has been seen",
        ),
    ),
    "secret_name": (
        (
            "nama rahasia {value!r} tidak dapat dipakai",
            "pakai huruf besar, angka, dan _ tanpa awalan SECRET_, misalnya WEBHOOK_UTAMA",
        ),
        ("secret name {value!r} cannot be used", "use capitals, digits and _ without the prefix SECRET_, such as WEBHOOK_UTAMA"),
    ),
    "bad_zone": (
        ("zona waktu {value!r} tidak dikenal", "WIB: Asia/Jakarta, WITA: Asia/Makassar, WIT: Asia/Jayapura"),
        ("unknown time zone {value!r}", "WIB: Asia/Jakarta, WITA: Asia/Makassar, WIT: Asia/Jayapura"),
    ),
    "bad_region": (
        (
            "{value!r} bukan kode wilayah",
            'pakai kode Kemendagri dengan tanda kutip: "33" (provinsi) atau "33.99" (kabupaten/kota)',
        ),
        ("{value!r} is no region code", 'use the Kemendagri code in quotes: "33" (province) or "33.99" (regency or city)'),
    ),
    "bad_contact": (
        ("kontak {value!r} bukan alamat email dan bukan alamat web", "contoh: humas@sagara.example"),
        ("contact {value!r} is neither an e-mail nor a web address", "such as humas@sagara.example"),
    ),
    "out_of_range": (
        ("{key!r} bernilai {value}, di luar batas", "antara {least} dan {most}"),
        ("{key!r} is {value}, out of range", "between {least} and {most}"),
    ),
    "source_needs": (
        ("sumber {kind} memerlukan {key!r}", "tambahkan {key}: {example}"),
        ("a {kind} source needs {key!r}", "add {key}: {example}"),
    ),
    "source_has_no": (
        ("sumber {kind} tidak memakai {key!r}", "hapus baris ini, atau perbaiki kind"),
        ("a {kind} source does not use {key!r}", "remove this line, or correct kind"),
    ),
    "too_often": (
        (
            "sumber {kind} ditanya terlalu sering: setiap {value} menit",
            "paling sedikit {least} menit, agar batas layanan tidak terlewati",
        ),
        ("a {kind} source is asked too often: every {value} minutes", "at least {least}, so that the service's limits are kept"),
    ),
    "bad_account": (
        ("akun {value!r} tidak dapat dipakai", "tulis namanya saja tanpa @ dan tanpa alamat, misalnya pemkabsagara"),
        ("account {value!r} cannot be used", "write the name alone without @ and without an address, such as pemkabsagara"),
    ),
    "shared_quota": (
        (
            "kunci {value!r} sudah dipakai sumber YouTube di baris {first}; kuotanya satu untuk keduanya",
            "gabungkan query keduanya, atau pakai kunci dari proyek lain",
        ),
        (
            "key {value!r} is used by the YouTube source in line {first}; both share one quota",
            "join their queries, or use another key",
        ),
    ),
    "levels_order": (
        (
            "ambang {lower} ({lower_value}) harus lebih kecil daripada {higher} ({higher_value})",
            "urutkan: waspada < siaga < awas",
        ),
        ("threshold {lower} ({lower_value}) must be less than {higher} ({higher_value})", "in order: waspada < siaga < awas"),
    ),
}
