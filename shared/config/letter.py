"""How the daily report is laid out as an official paper: the shape of the section `report` in kentongan.yaml."""

from __future__ import annotations

from msgspec import Struct


class Letter(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Letterhead, to whom, by whom. What is empty is left as a dotted line to write on."""

    letterhead: tuple[str, ...] = ()  # lines: the government, the office, its address
    logo: str = ""  # PNG or JPEG file, from the folder of kentongan.yaml; in a stored report the picture as a data: address
    to: str = ""  # "Bupati Sagara"
    by: str = ""  # name of the officer who answers for the report
    nip: str = ""  # the officer's civil-service number, 18 digits
    position: str = ""  # "Pranata Humas Ahli Muda"
    place: str = ""  # where it is signed: "Karangwindu"
