"""The only reader of the environment."""

from __future__ import annotations

import os
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

ONE_AGENCY = r"(\d\d(?:\.\d\d)?|[A-Z][A-Z0-9]{1,15}):(.+)"  # a token of VIEWER_TOKEN that opens one agency
SIGNING_KEY = r"whsec_[A-Za-z0-9+/]{32,}={0,2}"  # 24 bytes at least, as Standard Webhooks want
ADDRESS = r"https?://([A-Za-z0-9.-]+|\[[0-9a-fA-F:]+\])(:\d{1,5})?(/[A-Za-z0-9._~/-]*)?"  # of a service, not of a page
USUAL_DATA = "data"  # folder of the local back end, in the one that holds kentongan.yaml
SHORTEST_KEY = 32  # characters of LINK_KEY in the cloud: who guesses it may do everything
GEMINI = "gemini-3.5-flash-lite"  # the model that is asked where no other one is named


Access = Literal["", "private", "token", "public"]
ACCESS: tuple[Access, ...] = ("", "private", "token", "public")


class SettingsError(Exception):
    """The environment is wrong; each argument is one problem with its remedy, in Indonesian: who reads it has set it."""

    def __str__(self) -> str:
        """All of them on one line."""
        return "; ".join(map(str, self.args))


@dataclass(frozen=True, slots=True)
class Settings:
    """Where the program runs and what it may reach. Its `repr` may stand in a log: it holds no key."""

    backend: Literal["gcp", "local"]
    project: str  # Google Cloud project id; empty on the local back end
    data: str  # folder of the local back end
    base_url: str  # where the dashboard is reached, for links in notices; may be empty
    desk_url: str  # where desk is reached; empty switches its links off
    link_key: str = field(repr=False)  # key of signed links; empty switches them off
    viewer_token: str = field(repr=False)  # token that opens the dashboard; empty leaves it to the platform
    allow_loopback: bool  # development: sources and receivers on this computer
    push_audience: str  # audience that the token of a push must carry
    push_email: str  # account that the token of a push must carry
    emulated: bool  # Google's emulators stand in for the cloud: calls carry no token
    secrets: Mapping[str, str] = field(hash=False, repr=False)  # receivers' secrets by name; a mapping has no hash
    pubsub_host: str = ""  # host:port of the Pub/Sub emulator; empty in the cloud
    firestore_host: str = ""  # host:port of the Firestore emulator; empty in the cloud
    clock_file: str = ""  # with the emulators: a file that holds the time, for scenarios with a clock of their own
    handle_key: str = field(default="", repr=False)  # key of private persons' pseudonyms, see privacy.py; empty: not told apart
    ingest_key: str = field(default="", repr=False)  # whsec_ keys of who may send items in, separated by spaces; empty: nobody
    gemini_location: str = ""  # where Gemini answers second opinions, such as global; empty: nobody is asked
    gemini_model: str = GEMINI
    gemini_url: str = ""  # another address than the location's own
    dashboard_access: Access = ""  # who may look, see dashboard/access.py
    iap_audience: str = ""  # audience of the identity-aware proxy's header; empty: no proxy stands before the dashboard
    cpu: float = 1.0  # vCPU of this service, as it is billed
    region: str = ""  # of the cloud: decides how much is free there
    archive: str = ""  # where the day's mentions are kept for years: a bucket, on this computer a folder; empty: nowhere
    scheduler_jobs: tuple[str, ...] = ()  # full names of the jobs that the guard pauses where the budget is used up


def adopt(values: Mapping[str, str]) -> None:
    """Let these stand in for variables that the environment lacks; what is set there wins."""
    for name, value in values.items():
        os.environ.setdefault(name, value)


def read_settings(environ: Mapping[str, str] | None = None) -> Settings:
    """Settings from the environment; raises SettingsError with all problems at once."""
    plain = os.environ if environ is None else environ
    problems: list[str] = []
    env = {**_secrets(plain.get("SECRETS", ""), problems), **plain}  # what is set in the open wins
    backend = env.get("BACKEND", "local")
    if backend not in ("gcp", "local"):
        problems.append(f"BACKEND {backend!r} tidak dikenal: isi local atau gcp")
    project = env.get("GOOGLE_CLOUD_PROJECT", "")
    if backend == "gcp" and not project:
        problems.append(
            "GOOGLE_CLOUD_PROJECT belum ada: isi dengan id proyek, atau hapus BACKEND=gcp untuk bekerja di komputer ini"
        )
    emulated = bool(env.get("PUBSUB_EMULATOR_HOST") and env.get("FIRESTORE_EMULATOR_HOST"))
    if emulated and env.get("K_SERVICE"):
        problems.append("emulator tidak ada di Cloud Run: hapus PUBSUB_EMULATOR_HOST dan FIRESTORE_EMULATOR_HOST")
    if bool(env.get("PUSH_AUDIENCE")) != bool(env.get("PUSH_EMAIL")):  # neither: no machine calls, and identity.check refuses all
        problems.append(
            "PUSH_AUDIENCE dan PUSH_EMAIL berpasangan: isi keduanya, atau hapus keduanya; di cloud Terraform yang mengisinya"
        )
    if env.get("CLOCK_FILE") and not emulated:
        problems.append("CLOCK_FILE hanya untuk emulator: hapus")
    if not all(re.fullmatch(SIGNING_KEY, key) for key in env.get("INGEST_KEY", "").split()):
        problems.append("INGEST_KEY memuat yang bukan kunci whsec_: buat satu dengan `echo whsec_$(openssl rand -base64 24)`")
    if not re.fullmatch(r"\d+(\.\d+)?", env.get("VCPU", "1")):
        problems.append(f"VCPU {env.get('VCPU')!r} bukan angka seperti 0.5: hapus; di cloud Terraform yang mengisinya")
    _check_links(env, problems)
    _check_gemini(env, backend, emulated, problems)
    access = _access(env, problems)
    if problems:
        raise SettingsError(*problems)
    return Settings(
        backend="gcp" if backend == "gcp" else "local",
        project=project,
        data=env.get("KENTONGAN_DATA", USUAL_DATA),
        base_url=env.get("BASE_URL", "").rstrip("/"),
        desk_url=env.get("DESK_URL", "").rstrip("/"),
        link_key=env.get("LINK_KEY", ""),
        viewer_token=env.get("VIEWER_TOKEN", ""),
        allow_loopback=env.get("ALLOW_LOOPBACK", "") == "1",
        push_audience=env.get("PUSH_AUDIENCE", ""),
        push_email=env.get("PUSH_EMAIL", ""),
        emulated=emulated,
        secrets={name.removeprefix("SECRET_"): value for name, value in env.items() if name.startswith("SECRET_")},
        pubsub_host=env.get("PUBSUB_EMULATOR_HOST", ""),
        firestore_host=env.get("FIRESTORE_EMULATOR_HOST", ""),
        clock_file=env.get("CLOCK_FILE", ""),
        handle_key=env.get("HANDLE_KEY", ""),
        ingest_key=env.get("INGEST_KEY", ""),
        gemini_location=env.get("GEMINI_LOCATION", ""),
        gemini_model=env.get("GEMINI_MODEL") or GEMINI,
        gemini_url=env.get("GEMINI_URL", "").rstrip("/"),
        dashboard_access=access,
        iap_audience=env.get("IAP_AUDIENCE", ""),
        cpu=float(env.get("VCPU", "1")),
        region=env.get("REGION", ""),
        archive=env.get("ARCHIVE", ""),
        scheduler_jobs=tuple(env.get("SCHEDULER_JOBS", "").split()),
    )


def _check_links(env: Mapping[str, str], problems: list[str]) -> None:
    """Signed links lead where a browser can follow, and nobody guesses their key; on this computer a short one will do."""
    for name, output, here in (("BASE_URL", "dashboard_url", ""), ("DESK_URL", "desk_url", "/desk")):
        if env.get(name) and not re.fullmatch(ADDRESS, env[name]):
            remedy = f"di komputer ini isi seperti http://127.0.0.1:8080{here}, di cloud dari `terraform output {output}`"
            problems.append(f"{name} {env[name]!r} bukan alamat situs: {remedy}")
    if env.get("DESK_URL") and env["DESK_URL"].rstrip("/") == env.get("BASE_URL", "").rstrip("/"):
        problems.append(
            "DESK_URL sama dengan BASE_URL: di komputer ini hapus DESK_URL, atau tulis alamat BASE_URL dengan /desk, "
            "di cloud isi dari `terraform output desk_url`"
        )
    if env.get("BACKEND") == "gcp" and any(len(key) < SHORTEST_KEY for key in env.get("LINK_KEY", "").split()):
        problems.append(
            f"LINK_KEY memuat kunci yang lebih pendek dari {SHORTEST_KEY} huruf: buat satu dengan `openssl rand -hex 32`"
        )


def _check_gemini(env: Mapping[str, str], backend: str, emulated: bool, problems: list[str]) -> None:
    """The project's token goes to Google over https alone; this computer has none and needs a stand-in to talk to."""
    location, url = env.get("GEMINI_LOCATION", ""), env.get("GEMINI_URL", "")
    if location and not re.fullmatch(r"[a-z0-9-]+", location):
        problems.append(f"GEMINI_LOCATION {location!r} bukan lokasi: isi global, us, eu, atau region seperti asia-southeast1")
    if location and not url and (emulated or backend != "gcp"):
        problems.append(
            "Gemini hanya ada di Google Cloud (BACKEND=gcp): hapus GEMINI_LOCATION, atau isi GEMINI_URL dengan peniru untuk uji"
        )
    if url and backend == "gcp" and not emulated and not re.fullmatch(r"https://([a-z0-9-]+\.)+googleapis\.com/?", url):
        problems.append(
            f"GEMINI_URL {url!r} bukan alamat https:// milik googleapis.com: hapus, maka dipakai alamat lokasi itu sendiri"
        )


def _access(env: Mapping[str, str], problems: list[str]) -> Access:
    """How the dashboard lets people in; a way that lets in nobody is a mistake, not a choice."""
    asked = env.get("DASHBOARD_ACCESS", "")
    found = next((way for way in ACCESS if way == asked), None)
    if found is None:
        problems.append(f"DASHBOARD_ACCESS {asked!r} tidak dikenal: isi private, token, atau public")
    if any(":" in word and not re.fullmatch(ONE_AGENCY, word) for word in env.get("VIEWER_TOKEN", "").split()):
        problems.append("VIEWER_TOKEN memuat titik dua tanpa kode instansi di depannya: tulis 33.99:TOKEN atau BGN:TOKEN")
    if found == "token" and not env.get("VIEWER_TOKEN", "").split():
        problems.append("DASHBOARD_ACCESS=token memerlukan VIEWER_TOKEN: buat satu dengan `openssl rand -base64 24`")
    return found or ""


def _secrets(text: str, problems: list[str]) -> dict[str, str]:
    """Variables out of one JSON object, as Secret Manager hands it to a function; none where there is no text."""
    import json  # only where there are secrets: the settings are also read for `--help`

    try:
        values = json.loads(text) if text else {}
    except ValueError:
        values = None
    if not isinstance(values, dict) or not all(isinstance(value, str) for value in values.values()):
        problems.append(
            "SECRETS bukan objek JSON yang berisi teks: beri nilainya kepada Terraform lagi dan naikkan secret_versions; "
            "di komputer ini hapus, dan tulis tiap rahasia sebagai SECRET_NAMA=nilai di kentongan.env"
        )
        return {}
    return values


def colour_refused() -> bool:
    """Whether the user wants no colours in a terminal (https://no-color.org, or a terminal that has none)."""
    return bool(os.environ.get("NO_COLOR")) or os.environ.get("TERM") == "dumb"
