"""What failed is listed, put back or dropped: notices in the store, messages on the local bus. In this process, for speed."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from shared.cli import kept
from shared.cli.main import main
from shared.delivery import failures, threads
from shared.delivery.conditions import Gone, Receivers, load
from shared.delivery.moves import claim, settle
from shared.local.bus import ATTEMPTS, MOST_PAUSE, LocalBus
from shared.local.store import LocalStore
from shared.messages import AlertsChanged, Quarantined, decode, encode, open_as
from shared.notices import Later, Never, Notice, due_names, pack, unpack
from shared.ports import Permanent, Put, Retryable
from tests.receivers.samples import AT, OPENED, notice

NAME = "a1b2-000001-piket"
Dlq = Callable[..., tuple[int, str]]


@pytest.fixture
def bus(tmp_path: Path) -> Iterator[LocalBus]:
    it = LocalBus(str(tmp_path))
    yield it
    it.close()


@pytest.fixture
def dlq(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Dlq:
    monkeypatch.setenv("KENTONGAN_DATA", str(tmp_path))
    monkeypatch.delenv("BACKEND", raising=False)

    def run(*arguments: str) -> tuple[int, str]:
        code = main(["dlq", *arguments])
        said = capsys.readouterr()
        return code, said.out + said.err

    return run


def fail(store: LocalStore) -> Notice:
    """A notice that its receiver has refused for good."""
    refused = settle(claim(notice(), [], AT), Never("penerima menolak dengan 400"), AT)
    store.commit([Put(f"notices/{refused.name}", pack(refused), refused.due_at)])
    return refused


def kill(bus: LocalBus) -> bytes:
    """A message that has failed too often."""
    message = encode(AlertsChanged((OPENED,)), "b1")
    bus.publish("alerts-changed", [message])

    def fails(data: bytes) -> None:
        raise Retryable("tidak ada konfigurasi")

    for attempt in range(ATTEMPTS):
        bus.deliver({"alerts-changed": fails}, now=AT + attempt * (MOST_PAUSE + 1))
    return message


def break_(bus: LocalBus, message: bytes) -> None:
    """A message that cannot be understood."""
    bus.publish("alerts-changed", [message])

    def refuses(data: bytes) -> None:
        raise Permanent("bentuknya salah")

    bus.deliver({"alerts-changed": refuses}, now=AT)


def rows(dlq: Dlq) -> list[dict[str, object]]:
    return [json.loads(line) for line in dlq("list", "--json")[1].splitlines()]


def test_nothing_has_failed(dlq: Dlq) -> None:
    assert dlq("list") == (0, "Tidak ada yang gagal.\n")
    assert dlq("retry", "--all") == (0, "0 dicoba lagi pada putaran berikutnya.\n")


def test_all_kinds_are_listed(dlq: Dlq, bus: LocalBus, store: LocalStore) -> None:
    fail(store)
    kill(bus)
    break_(bus, b"rusak")
    notice_row, letter, quarantined = rows(dlq)
    assert (notice_row["id"], notice_row["kind"], notice_row["at"], notice_row["whom"]) == (NAME, "pemberitahuan", AT, "piket")
    assert notice_row["reason"] == "penerima menolak dengan 400"
    assert (letter["kind"], letter["at"], letter["whom"], letter["reason"]) == (
        "pesan",
        None,
        "alerts-changed",
        f"gagal {ATTEMPTS} kali: tidak ada konfigurasi",
    )
    assert (quarantined["kind"], quarantined["whom"], quarantined["reason"]) == ("karantina", "notify", "bentuknya salah")
    shown = dlq("list")[1]
    assert "28-11-2026 09.00 WIB" in shown
    assert all(str(row["id"]) in shown for row in rows(dlq))


@pytest.mark.parametrize("most", [1, 2])
def test_both_lists_say_where_there_may_be_more(
    dlq: Dlq, bus: LocalBus, most: int, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(kept, "MOST", most)
    break_(bus, b"rusak")
    assert (kept.MORE in dlq("list")[1]) is (most == 1)
    assert main(["quarantine"]) == 0
    assert (kept.MORE in capsys.readouterr().out) is (most == 1)


def test_what_is_still_tried_in_vain_is_told_below(dlq: Dlq, store: LocalStore) -> None:
    trying = settle(claim(notice(), [], AT), Later("penerima menolak dengan 401"), AT)
    store.commit([Put(f"notices/{trying.name}", pack(trying), trying.due_at)])
    told = "1 pemberitahuan ke piket belum diterima sejak 28-11-2026 09.00 WIB, masih dicoba lagi: penerima menolak dengan 401\n"
    assert dlq("list") == (0, f"Tidak ada yang gagal.\n{told}")
    assert rows(dlq) == []
    fail(store)  # the same notice, now for good
    assert "masih dicoba lagi" not in dlq("list")[1]


def test_a_notice_is_tried_anew(dlq: Dlq, store: LocalStore) -> None:
    failed = fail(store)
    store.commit(
        [Put("views/receivers", json.dumps({"gone": [{"receiver": "piket", "since": 1, "reason": "", "mark": ""}]}).encode())]
    )
    assert load(store) == Receivers((Gone("piket", 1, "", ""),))
    assert dlq("retry", NAME)[1] == "1 dicoba lagi pada putaran berikutnya.\n"
    [document] = store.read([f"notices/{NAME}"])
    assert document is not None
    again = unpack(document.data)
    assert (again.state, again.attempts, again.transition) == ("pending", 0, failed.transition)
    assert due_names(store, again.created_at, 10) == (NAME,)
    assert load(store).gone == ()
    assert rows(dlq) == []


def test_a_notice_is_dropped(dlq: Dlq, store: LocalStore) -> None:
    fail(store)
    assert dlq("drop", NAME)[1] == "1 dibuang.\n"
    assert store.read([f"notices/{NAME}"]) == [None]


def test_a_dead_letter_is_delivered_again_with_all_its_attempts(dlq: Dlq, bus: LocalBus) -> None:
    message = kill(bus)
    [row] = rows(dlq)
    assert dlq("retry", str(row["id"]))[0] == 0
    assert bus.dead_letters() == []
    delivered: list[bytes] = []
    bus.deliver({"alerts-changed": delivered.append}, now=AT)
    assert delivered == [message]


def test_what_was_quarantined_goes_back_to_its_own_topic(dlq: Dlq, bus: LocalBus) -> None:
    message = encode(AlertsChanged((OPENED,)), "b1")
    break_(bus, message)
    assert dlq("retry", "--all")[1] == "1 dicoba lagi pada putaran berikutnya.\n"
    assert bus.queued("alerts-changed") == [message]
    assert bus.waiting("quarantine") == 0


def test_what_is_no_message_of_ours_can_only_be_dropped(dlq: Dlq, bus: LocalBus) -> None:
    break_(bus, b"rusak")
    code, said = dlq("retry", "--all")
    assert code == 0
    assert "hanya bisa dibuang" in said
    [(_, kept)] = bus.quarantined()
    assert open_as(decode(kept), Quarantined).data == b"rusak"
    assert dlq("drop", "--all")[1] == "1 dibuang.\n"
    assert bus.quarantined() == []


def test_a_message_that_waits_is_none_of_these(dlq: Dlq, bus: LocalBus) -> None:
    bus.publish("alerts-changed", [b"x"])
    assert not bus.drop(1)
    assert not bus.put_back(1, "alerts-changed", b"x")
    assert bus.queued("alerts-changed") == [b"x"]


@pytest.mark.parametrize(
    ("arguments", "remedy"),
    [
        (("retry",), "--all"),
        (("drop", NAME, "--all"), "--all"),
        (("drop", "a1b2-000009-piket"), "dlq list"),
    ],
)
def test_what_cannot_be_meant_is_said(dlq: Dlq, store: LocalStore, arguments: tuple[str, ...], remedy: str) -> None:
    fail(store)
    code, said = dlq(*arguments)
    assert code == 1
    assert remedy in said
    assert len(rows(dlq)) == 1


def test_failures_are_found_on_every_page(store: LocalStore, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(threads, "PAGE", 2)
    for number in range(5):
        one = settle(claim(notice(OPENED), (), AT), Never("ditolak"), AT)
        store.commit([Put(f"notices/a{number}-000001-piket", pack(one))])
    assert len(failures.failed(store)) == 5
