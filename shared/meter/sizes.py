"""What each stage is given on Google Cloud, as in infra/terraform/stages.tf (a test compares), and what is assumed of it."""

from __future__ import annotations

from typing import Final, NamedTuple


class Size(NamedTuple):
    """Configured processor and memory of a stage, and the share of its requests that find no instance running."""

    cpu: float
    gib: float
    cold: float
    secret: bool = False  # whether an instance reads one when it starts


# Rounds come every five minutes and idle instances live for up to fifteen, so nearly all requests find one; rare ones start one.
SIZES: Final = {
    "collect": Size(0.5, 0.5, 0.1, secret=True),
    "classify": Size(1, 0.5, 0.1),
    "detect": Size(1, 1, 0.1),
    "notify": Size(1, 0.5, 0.5, secret=True),
    "dashboard": Size(1, 0.5, 0.1, secret=True),
    "report": Size(1, 0.5, 1.0),
}
SLOWDOWN: Final = 2.0  # a second of this computer's processor is so many of the cloud's
STORE_S: Final = 0.05  # a call of Firestore from the same region
BUS_S: Final = 0.05  # a publish
RECEIVER_S: Final = 0.7  # an answer of a receiver
GRAIN_S: Final = 0.1  # running time is billed in steps of this
LOG_BYTES: Final = 1_500  # of one request: the platform's own line and ours
QUESTION_BYTES: Final = 2_000  # out for one page that is asked for: TLS, headers, acknowledgements
LOAD_S: Final = 3.0  # of detect's state by a fresh instance, and the documents that it reads: what benchmarks/coldstart.py keeps
LOAD_READS: Final = 150
VIEWS: Final = 100  # pages of the dashboard that an agency opens in a day
DOCUMENT_BYTES: Final = 200  # of names and index entries that a stored document has beside its data
JOBS: Final = 3
IMAGES: Final = 2  # kept, see infra/terraform/image.tf: at worst without a layer in common
IMAGE_BYTES: Final = 250_000_000  # compressed: packages 88, code and models 24 million, as measured; the system below is a guess
SECRET_VERSIONS: Final = 3  # one of each secret; a second of each while they are changed
