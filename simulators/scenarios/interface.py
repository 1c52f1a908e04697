"""What the interface of civil status answers when it does not serve, by its codes and texts."""

from collections.abc import Mapping
from re import compile as form
from typing import Final

from hub.orchestrator.labels import Label
from simulators.scenarios.births import GIRL, OPENING
from simulators.scenarios.scenario import Expected, Filing, Outage, Scenario
from simulators.scenarios.times import BY_TEN, takes

GUIDE: Final = Label(
    "Tài liệu kết nối dịch vụ hộ tịch qua LGSP của một tỉnh: mã lỗi 100, 101, 106; mã nguồn của "
    "một hệ thống cấp tỉnh: lỗi xác thực, IP, “client received SOAP Fault”, “server error” thì gửi "
    "lại",
    "The connection guide of a province's LGSP for civil status: errors 100, 101, 106; code of a "
    "provincial system: on a refused token or address, “client received SOAP Fault” and “server "
    "error” it sends again",
)
ONCE: Final[Mapping[str, Expected]] = {
    "status": "completed",
    "birth": 10,
    "residence": 10,
    "health_card": 10,
    "personal_id": form("001323[0-9]{6}"),
    "card": form("TE101[0-9]{10}"),
    "said birth.entry.requested": 1,
    "said birth.registered": 1,
    "manual": None,
}

INTERFACE: Final = (
    Scenario(
        name="token-refused",
        title=Label(
            "Mã xác thực hoặc địa chỉ IP bị từ chối", "The token or the address is refused"
        ),
        source=GUIDE,
        story=Label(
            "Thứ Hai trục LGSP trả 100 AUTHEN_ERROR vì mã xác thực hết hạn, thứ Ba trả 101 "
            "IP_DISALLOWED, đến 10:00 mới sửa xong. Đó là lỗi của bên gọi, không phải của hồ sơ: "
            "yêu cầu được giữ và gửi lại, cán bộ không phải làm gì, việc sinh được ghi một lần.",
            "On Monday the LGSP answers 100 AUTHEN_ERROR, since the token has expired, on Tuesday "
            "101 IP_DISALLOWED, each until it is mended at ten. That speaks of who asks and not of "
            "a dossier: the request is kept and sent again, no officer has anything to do, and the "
            "birth is entered once.",
        ),
        filings=[
            Filing(
                at=OPENING,
                title=Label("Mã xác thực hết hạn", "the token has expired"),
                baby=GIRL,
                arranged={**BY_TEN, "civil-status/enter/1": takes(minutes=150)},
            ),
            Filing(
                at="2023-07-11 08:00",
                title=Label("Địa chỉ IP chưa được phép", "the address has no access"),
                baby=GIRL,
                arranged={**BY_TEN, "civil-status/enter/1": takes(minutes=150)},
            ),
        ],
        outages=[
            Outage(since="2023-07-10 08:20", until="2023-07-10 10:00", answer="token"),
            Outage(since="2023-07-11 08:20", until="2023-07-11 10:00", answer="address"),
        ],
        heard=(
            "civil-status: AUTHEN_ERROR - Mã xác thực không chính xác.",
            "civil-status: IP_DISALLOWED - Địa chỉ IP không được phép truy cập.",
        ),
        glance="2023-07-10 09:45",
        meanwhile=[
            {"birth": 4, "birth.waits": "birth_decision", "entered": None, "manual": None},
            {"status": None},
        ],
        expected=[
            {
                **ONCE,
                "promised": "2023-07-13 17:00",
                "entered": "01/2023",
                "entered.at": "2023-07-10 11:00",
            },
            {
                **ONCE,
                "promised": "2023-07-14 17:00",
                "entered": "02/2023",
                "entered.at": "2023-07-11 11:00",
            },
        ],
    ),
    Scenario(
        name="soap-fault",
        title=Label("SOAP Fault và lỗi máy chủ", "A SOAP fault and a server error"),
        source=GUIDE,
        story=Label(
            "Hộ tịch đã nhận một hồ sơ, nhưng trục trả “client received SOAP Fault”: gửi lại thì "
            "được trả lời “Hồ sơ đã được tiếp nhận”, vẫn một bản ghi. Từ chiều 13/7 đến sáng 14/7 "
            "trục chỉ trả lỗi máy chủ: một hồ sơ hẹn 17:00 ngày 13/7 bị trễ, công dân nhận một "
            "Phiếu xin lỗi, rồi hồ sơ vẫn hoàn thành.",
            "Civil status has one dossier, and the gateway answers “client received SOAP Fault”: "
            "sent again it is told “Hồ sơ đã được tiếp nhận” (taken already), and there is one "
            "entry. From the afternoon of 13 July to the next morning there is nothing but server "
            "errors: a case promised for 17:00 is late, its citizen gets one letter of apology, "
            "and it is completed all the same.",
        ),
        filings=[
            Filing(
                at=OPENING,
                title=Label("Câu trả lời thất lạc", "the answer is lost"),
                baby=GIRL,
                arranged=BY_TEN,
            ),
            Filing(
                at=OPENING,
                title=Label("Gián đoạn quá ngày hẹn", "the outage outlives the promise"),
                baby=GIRL,
                arranged={
                    **BY_TEN,
                    "one-stop/receive/1": takes(days=3, minutes=510),
                    "civil-status/enter/1": takes(minutes=1050),
                },
            ),
        ],
        outages=[
            Outage(since="2023-07-10 08:20", until="2023-07-10 09:20", answer="soap_fault"),
            Outage(since="2023-07-13 16:00", until="2023-07-14 09:00", answer="server_error"),
        ],
        heard=(
            "civil-status: client received soap fault",
            "civil-status: server error",
        ),
        glance="2023-07-14 08:00",
        meanwhile=[
            {"status": "completed", "apology": None},
            {
                "birth": 4,
                "birth.waits": "overdue_birth_decision",
                "apology": "civil-status",
                "entered": None,
                "manual": None,
            },
        ],
        expected=[
            {
                **ONCE,
                "entered": "01/2023",
                "entered.at": "2023-07-10 09:30",
                "said birth.entry.requested": 1,
                "letters": None,
            },
            {
                **ONCE,
                "promised": "2023-07-13 17:00",
                "apology": "civil-status",
                "letters": 1,
                "put_off": "2023-07-18 17:00",
                "entered": "02/2023",
                "entered.at": "2023-07-14 10:00",
            },
        ],
    ),
)
