"""What was typed for an option, if it makes sense; else a wrong usage that says what would."""

from typing import TYPE_CHECKING

from hub.cli.faults import UsageFault

if TYPE_CHECKING:
    from datetime import datetime


def address_of(listen: str) -> tuple[str, int]:
    """The host and the port that `--listen` names.

    Raises:
        UsageFault: it is no address.
    """
    host, colon, port = listen.rpartition(":")
    if not (colon and host and port.isdecimal() and int(port) < 65536):
        raise UsageFault(
            f"--listen {listen}: give HOST:PORT, such as 127.0.0.1:8080",
            f"--listen {listen}: hãy cho HOST:PORT, ví dụ 127.0.0.1:8080",
        )
    return host, int(port)


def check_systems(names: list[str]) -> list[str]:
    """The names, if connectors of the country play these systems.

    Raises:
        UsageFault: one of them is none.
    """
    from connectors.agencies import CONNECTORS

    for name in names:
        if name not in CONNECTORS:
            leads = name == "dvclt"
            hint_en = "; dvclt is `run orchestrator`" if leads else ""
            hint_vi = "; dvclt chạy bằng `run orchestrator`" if leads else ""
            systems = ", ".join(CONNECTORS)
            raise UsageFault(
                f"no system {name!r}; there are {systems}{hint_en}",
                f"không có hệ thống {name!r}; có {systems}{hint_vi}",
            )
    return names


def checked_province(code: str | None, start: "datetime") -> str | None:
    """The province's code, if there is one of it on that day.

    Raises:
        UsageFault: there is not.
    """
    from simulators.agencies.http.jurisdiction import province_codes

    if code is not None and code not in (codes := province_codes(start.date())):
        raise UsageFault(
            f"--province {code}: none of the {len(codes)} provinces of {start:%d/%m/%Y}",
            f"--province {code}: không có trong {len(codes)} tỉnh, thành phố "
            f"của ngày {start:%d/%m/%Y}",
        )
    return code


def checked_networks(texts: list[str]) -> list[str]:
    """The networks, if all are written right.

    Raises:
        UsageFault: one is not.
    """
    from ipaddress import ip_network

    for text in texts:
        try:
            ip_network(text)
        except ValueError as error:
            raise UsageFault(
                f"--allow {text}: {error}; give it such as 10.1.2.0/24",
                f"--allow {text}: không phải dải địa chỉ; ví dụ 10.1.2.0/24",
            ) from error
    return texts
