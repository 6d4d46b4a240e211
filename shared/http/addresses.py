"""Which network addresses the program may connect to: public ones, so that no feed leads it into its own network."""

from __future__ import annotations

import socket
from ipaddress import IPv4Address, IPv4Network, IPv6Address, IPv6Network, ip_address
from typing import Final

Address = IPv4Address | IPv6Address

_UNICAST_6: Final = IPv6Network("2000::/3")  # all that is assigned; NAT64, mapped and local addresses lie outside
_ODD_6: Final = (
    IPv6Network("2001::/23"),  # Teredo, which carries an IPv4 address, and other protocols' own
    IPv6Network("2002::/16"),  # 6to4 carries one too
    IPv6Network("3fff::/20"),  # documentation, newer than the standard library's tables
)
_ODD_4: Final = (
    IPv4Network("100.64.0.0/10"),  # carrier NAT
    IPv4Network("168.63.129.16/32"),  # a cloud's internal service on a public address
    IPv4Network("192.0.0.0/24"),
    IPv4Network("192.88.99.0/24"),
    IPv4Network("198.18.0.0/15"),
    IPv4Network("224.0.0.0/3"),  # multicast and all above
)


def is_public(address: Address) -> bool:
    """Whether an address belongs to a host of the open internet."""
    if not address.is_global or address.is_multicast or address.is_reserved:
        return False
    if isinstance(address, IPv4Address):
        return not any(address in network for network in _ODD_4)
    return address in _UNICAST_6 and not any(address in network for network in _ODD_6)


def literal(host: str) -> Address | None:
    """The address that a host is written as; None where it is a name. Only the plain spellings, not 0x7f.1."""
    try:
        return ip_address(host.strip("[]"))
    except ValueError:
        return None


def is_loopback(host: str) -> bool:
    """Whether a host is written as this computer itself."""
    address = literal(host)
    return host.lower() == "localhost" or bool(address and address.is_loopback)


def is_inside(host: str) -> bool:
    """Whether a host is written as an address that is not of the open internet: an office's, or this computer."""
    address = literal(host)
    return address is not None and not is_public(address)


def resolve(host: str, port: int) -> list[Address]:
    """All addresses of a host, in the system's order of preference; raises OSError where it has none."""
    found = socket.getaddrinfo(host.strip("[]"), port, type=socket.SOCK_STREAM)
    return list(dict.fromkeys(ip_address(str(entry[4][0]).partition("%")[0]) for entry in found))
