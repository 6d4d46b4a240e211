"""How fast and how small the local tone model is, on headlines put together from invented parts.

Rates are of processor time, as the model runs on one thread: a busy machine does not change them much.
"""

from __future__ import annotations

import itertools
import subprocess
import sys
from collections.abc import Sequence
from time import process_time
from typing import Final

from shared.tone import Encoder
from shared.tone.encoder import PATH

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
TEXTS: Final = 512
BATCH: Final = 32
COPIES: Final = 10
ROUNDS: Final = 3
_PROCESS: Final = """
from time import perf_counter
start = perf_counter()
from shared.tone import load
model = load()
print(perf_counter() - start)
from benchmarks.tone import headlines
model.tones(headlines(), "news")
print(next(int(line.split()[1]) for line in open("/proc/self/status") if line.startswith("VmHWM")) / 1024)
"""


def headlines() -> list[str]:
    """Distinct headlines, each part equally often."""
    texts = [" ".join(parts) for parts in itertools.product(WHO, DOES, WHAT, WHEN)]
    return texts[:: len(texts) // TEXTS][:TEXTS]


def _rate(model: Encoder, texts: Sequence[str], size: int) -> float:
    """Texts a second, asked so many at a time."""
    began = process_time()
    for start in range(0, len(texts), size):
        model.tones(texts[start : start + size], "news")
    return len(texts) / (process_time() - began)


def _process() -> tuple[float, float]:
    """Seconds to import and load the model in a fresh process, and the megabytes it held once all headlines were judged."""
    done = subprocess.run([sys.executable, "-c", _PROCESS], check=True, capture_output=True, text=True)
    seconds, megabytes = map(float, done.stdout.split())
    return seconds, megabytes


def run() -> dict[str, float]:
    """Fresh texts a second one by one and in batches, copies a second, and what a process needs (best of rounds)."""
    texts, fresh, batches, copies = headlines(), [], [], []
    for _ in range(ROUNDS):
        one, many = Encoder(), Encoder()
        fresh.append(_rate(one, texts, 1))
        batches.append(_rate(many, texts, BATCH))
        copies.append(_rate(one, texts * COPIES, 1))
    processes = [_process() for _ in range(ROUNDS)]
    return {
        "fresh_per_second": max(fresh),
        "fresh_in_batches_per_second": max(batches),
        "copies_per_second": max(copies),
        "load_s": min(seconds for seconds, _ in processes),
        "memory_mb": max(megabytes for _, megabytes in processes),
        "file_bytes": float(PATH.stat().st_size),
    }


if __name__ == "__main__":
    for name, value in run().items():
        sys.stdout.write(f"{name} {value:,.2f}\n")
