"""The sentences about mistakes: for each, what is wrong and what to do, in Indonesian and in English."""

from __future__ import annotations

from typing import Final

from shared.config.dutywording import DUTY
from shared.config.letterwording import LETTER
from shared.config.meanings import MEANING, Sentences
from shared.config.receiverwording import RECEIVERS

SYNTAX: Final[dict[str, Sentences]] = {
    "too_large": (
        ("file terlalu besar", "paling besar {most} byte; pastikan ini memang kentongan.yaml"),
        ("the file is too large", "at most {most} bytes; make sure that this is kentongan.yaml"),
    ),
    "empty": (
        ("file kosong", "buat isinya dengan: ./kentongan init"),
        ("the file is empty", "create its content with: ./kentongan init"),
    ),
    "unprintable": (
        ("ada karakter yang bukan teks ({character})", "simpan ulang file sebagai teks UTF-8 dan hapus karakter itu"),
        ("there is a character that is no text ({character})", "save the file as UTF-8 text and remove this character"),
    ),
    "tab": (
        ("baris menjorok dengan tombol Tab", "YAML hanya menerima spasi: ganti Tab di awal baris dengan 2 spasi"),
        ("the line is indented with a tab", "YAML takes only spaces: replace the tab at the start by 2 spaces"),
    ),
    "odd_space": (
        (
            "ada spasi khusus ({character}) di awal baris atau sesudah titik dua",
            "biasanya ikut tersalin dari WhatsApp, Word, atau situs web: hapus, lalu ketik spasi biasa",
        ),
        (
            "there is a special space ({character}) at the start of the line or after the colon",
            "it often comes along from a chat, Word or a web page: delete it and type plain spaces",
        ),
    ),
    "special_start": (
        ("nilai diawali tanda yang khusus dalam YAML (misalnya @, ` atau %)", 'tulis nilainya di antara tanda kutip: "..."'),
        ("the value begins with a sign that is special in YAML (such as @, ` or %)", 'write the value in quotes: "..."'),
    ),
    "colon_inside": (
        (
            "ada titik dua kedua dalam satu baris",
            'bila titik dua itu bagian dari teks, tulis teksnya di antara tanda kutip: "..."',
        ),
        ("there is a second colon in one line", 'if it is part of the text, write the text in quotes: "..."'),
    ),
    "dash_inside": (
        ("butir daftar (-) harus di baris sendiri", "pindahkan tanda - ke baris berikutnya, menjorok 2 spasi"),
        ("a list item (-) must have its own line", "move the - to the next line, indented by 2 spaces"),
    ),
    "colon_missing": (
        ("baris tanpa titik dua", "tulis sebagai kunci: nilai, dengan spasi sesudah titik dua"),
        ("a line without a colon", "write it as key: value, with a space after the colon"),
    ),
    "quote_open": (
        ("tanda kutip dibuka di sini tetapi tidak ditutup", "tambahkan tanda kutip penutup"),
        ("a quote is opened here and never closed", "add the closing quote"),
    ),
    "quote_inside": (
        ("ada teks sesudah tanda kutip penutup", 'bila teks mengandung tanda kutip, apit dengan jenis yang lain: "Jum\'at"'),
        ("there is text after the closing quote", 'if the text contains a quote, enclose it in the other kind: "Jum\'at"'),
    ),
    "escape": (
        ("tanda \\ di dalam kutip ganda tidak dikenal", "pakai kutip tunggal: '...' atau tulis \\\\"),
        ("unknown \\ inside double quotes", "use single quotes: '...' or write \\\\"),
    ),
    "list_open": (
        ("kurung dibuka di sini tetapi tidak ditutup, atau ada koma yang kurang", "periksa koma dan kurung penutup"),
        ("a bracket is opened here and never closed, or a comma is missing", "check the commas and the closing bracket"),
    ),
    "indentation": (
        ("baris tidak sejajar dengan baris di atasnya", "samakan jumlah spasi di awal baris untuk hal yang setingkat"),
        ("the line does not line up with those above", "give things of the same level the same number of spaces"),
    ),
    "documents": (
        ("file berisi lebih dari satu dokumen (---)", "hapus tanda --- yang kedua; satu file, satu konfigurasi"),
        ("the file has more than one document (---)", "remove the second ---; one file, one configuration"),
    ),
    "too_deep": (
        ("isinya bersarang terlalu dalam", "periksa spasi di awal baris; bandingkan dengan docs/configuration.md"),
        ("the content is nested too deep", "check the indentation; compare with docs/configuration.md"),
    ),
    "syntax": (
        ("YAML tidak dapat dibaca ({detail})", "periksa tanda baca dan spasi di sekitar baris ini"),
        ("the YAML cannot be read ({detail})", "check punctuation and spaces around this line"),
    ),
    "alias": (
        ("rujukan YAML (*{name}) tidak didukung", "tulis isinya lengkap di sini"),
        ("YAML references (*{name}) are not supported", "write the content out here"),
    ),
    "tagged": (
        ("tanda jenis YAML ({tag}) tidak didukung", "hapus tanda itu"),
        ("YAML tags ({tag}) are not supported", "remove the tag"),
    ),
}

SHAPE: Final[dict[str, Sentences]] = {
    "unknown_key": (
        ("kunci {key!r} tidak dikenal", "hapus, atau pakai salah satu: {known}"),
        ("unknown key {key!r}", "remove it, or use one of: {known}"),
    ),
    "unknown_key_near": (
        ("kunci {key!r} tidak dikenal", "mungkin maksudnya {near!r}?"),
        ("unknown key {key!r}", "did you mean {near!r}?"),
    ),
    "key_not_text": (
        ("kunci harus berupa kata", "tulis kunci: nilai; yang dikenal di sini: {known}"),
        ("a key must be a word", "write key: value; known here: {known}"),
    ),
    "duplicate_key": (
        ("kunci {key!r} ditulis dua kali (pertama di baris {first})", "gabungkan atau hapus salah satu"),
        ("key {key!r} is written twice (first in line {first})", "merge them or remove one"),
    ),
    "missing": (
        ("kunci wajib {key!r} tidak ada", "tambahkan {key}: ..."),
        ("the required key {key!r} is missing", "add {key}: ..."),
    ),
    "empty_value": (
        ("{key!r} kosong", "isi nilainya, atau hapus barisnya bila tidak wajib"),
        ("{key!r} is empty", "give it a value, or remove the line if it is optional"),
    ),
    "not_mapping": (
        ("di sini harus ada pasangan kunci: nilai", "kunci yang dikenal: {known}"),
        ("key: value pairs are expected here", "known keys: {known}"),
    ),
    "not_list": (
        ("{key!r} harus berupa daftar", "tulis tiap butir di baris sendiri dengan - , atau [satu, dua]"),
        ("{key!r} must be a list", "write each item on its own line with - , or [one, two]"),
    ),
    "too_many": (
        ("{key!r} berisi {count} butir", "paling banyak {most}"),
        ("{key!r} has {count} items", "at most {most}"),
    ),
    "not_text": (
        ("{key!r} harus berupa teks", "tulis satu nilai teks di antara tanda kutip"),
        ("{key!r} must be text", "write one text value in quotes"),
    ),
    "unquoted": (
        ("YAML membaca {value} sebagai {read_as}, bukan teks", 'tulis dengan tanda kutip: "{value}"'),
        ("YAML reads {value} as {read_as}, not as text", 'write it in quotes: "{value}"'),
    ),
    "not_integer": (
        ("{key!r} harus bilangan bulat, bukan {value}", "tulis angka saja tanpa kutip, misalnya 30"),
        ("{key!r} must be a whole number, not {value}", "write digits only, without quotes, such as 30"),
    ),
    "not_number": (
        ("{key!r} harus bilangan, bukan {value}", "tulis angka tanpa kutip dengan titik desimal, misalnya 1.5"),
        ("{key!r} must be a number, not {value}", "write a number without quotes and with a decimal point, such as 1.5"),
    ),
    "not_boolean": (
        ("{key!r} harus true atau false, bukan {value}", "tulis true (ya) atau false (tidak), tanpa kutip"),
        ("{key!r} must be true or false, not {value}", "write true or false, without quotes"),
    ),
    "not_choice": (
        ("{value!r} tidak dikenal untuk {key!r}", "pilih salah satu: {choices}"),
        ("{value!r} is not known for {key!r}", "choose one of: {choices}"),
    ),
    "odd_character": (
        (
            "{key!r} mengandung karakter yang tidak boleh (baris baru atau karakter kendali)",
            "tulis nilainya dalam satu baris teks",
        ),
        ("{key!r} contains a line break or control character", "write the value as one line of text"),
    ),
    "too_long": (
        ("{key!r} terlalu panjang", "paling banyak {most} karakter"),
        ("{key!r} is too long", "at most {most} characters"),
    ),
}

WORDING: Final[dict[str, Sentences]] = SYNTAX | SHAPE | MEANING | DUTY | LETTER | RECEIVERS
