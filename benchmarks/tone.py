"""How fast and how small the local tone model is, on headlines put together from invented parts."""

from __future__ import annotations

import itertools
import subprocess
import sys
from time import perf_counter
from typing import Final

from shared.tone import load
from shared.tone.linear import PATH

WHO: Final = ("Pemkab Sagara", "Dinkes Sagara", "Warga Teluk Kenari", "Bupati Sagara", "Guru honorer", "RSUD Sagara Raya")
DOES: Final = (
    "resmikan",
    "keluhkan",
    "tinjau",
    "protes",
    "percepat perbaikan",
    "bantah kabar",
    "raih piala untuk",
    "usut pungli",
)
WHAT: Final = (
    "jalan desa",
    "air bersih",
    "bantuan pangan",
    "antrean rumah sakit",
    "pasar ikan",
    "seragam sekolah",
    "tanggul sungai",
)
WHEN: Final = (
    "pekan ini",
    "usai hujan semalam",
    "jelang musim tanam",
    "di tengah kritik warga",
    "untuk ribuan keluarga",
    "tanpa anggaran",
)
ROUNDS: Final = 5


def _load_seconds() -> float:
    """Seconds to import and load the model in a fresh process, the interpreter's own start not counted."""
    code = "from time import perf_counter as p; s = p(); from shared.tone import load; load(); print(p() - s)"
    return float(subprocess.run([sys.executable, "-c", code], check=True, capture_output=True, text=True).stdout)


def run() -> dict[str, float]:
    """Fresh and repeated texts a second on one core (best of rounds), load milliseconds, bytes of the model file."""
    texts = [" ".join(parts) for parts in itertools.product(WHO, DOES, WHAT, WHEN)]
    fresh, repeated = [], []
    for _ in range(ROUNDS):
        load.cache_clear()
        model = load()
        start = perf_counter()
        model.tones(texts, "news")
        fresh.append(perf_counter() - start)
        start = perf_counter()
        model.tones(texts, "news")
        repeated.append(perf_counter() - start)
    return {
        "texts_per_second": len(texts) / min(fresh),
        "copies_per_second": len(texts) / min(repeated),
        "load_ms": 1000 * min(_load_seconds() for _ in range(ROUNDS)),
        "file_bytes": float(PATH.stat().st_size),
    }


if __name__ == "__main__":
    for name, value in run().items():
        sys.stdout.write(f"{name} {value:,.0f}\n")
