"""Offices that never answer, answer late, or have nobody to receive."""

from typing import Final

from hub.orchestrator.labels import Label
from simulators.scenarios.births import GIRL, OPENING
from simulators.scenarios.scenario import Filing, Remark, Scenario
from simulators.scenarios.times import BY_TEN, NEVER, takes

OUTSIDE: Final = Label(
    "Mã nguồn của một hệ thống cấp tỉnh: cán bộ làm tay trong hệ thống hộ tịch thì trạng thái 4 "
    "không bao giờ về",
    "Code of a provincial system: when an officer works by hand in the civil-status system, status "
    "4 never comes back",
)

OFFICES: Final = (
    Scenario(
        name="registered-by-hand",
        title=Label(
            "Cán bộ làm tay ngoài hệ thống", "An officer registers by hand outside the system"
        ),
        source=OUTSIDE,
        story=Label(
            "Hộ tịch không bao giờ trả kết quả. Hồ sơ luôn nêu rõ đang chờ gì, quá hạn từ "
            "khi nào; sau năm lần hỏi, mỗi ngày làm việc một lần, vào hàng đợi thủ công, các thủ "
            "tục chờ khai sinh thì sau 10 ngày làm việc.",
            "Civil status never answers. The case is not silent: it says what it waits for and "
            "since when it is late. After five polls, one a working day, it is in the manual "
            "queue, and 10 working days after it was due so are the services that wait for it.",
        ),
        filings=[
            Filing(
                at=OPENING,
                baby=GIRL,
                arranged={**BY_TEN, "civil-status/enter/1": NEVER},
            )
        ],
        glance="2023-07-17 08:00",
        meanwhile=[
            {
                "birth": 4,
                "birth.waits": "overdue_birth_decision",
                "birth.until": "2023-07-27 17:00",
                "manual": ("dvclt: no_result_after_polls",),
            }
        ],
        expected=[
            {
                "status": "processing",
                "birth": 4,
                "residence": 1,
                "health_card": 1,
                "manual": ("dvclt: no_result_after_polls", "dvclt: overdue"),
                "ended": None,
            }
        ],
        open=1,
    ),
    Scenario(
        name="ended-by-force",
        title=Label("Cán bộ kết thúc thủ công", "An officer ends the case by force"),
        source=OUTSIDE,
        story=Label(
            "Hộ tịch không bao giờ trả kết quả. Cán bộ thấy hồ sơ ở hàng đợi, xác nhận khai sinh "
            "đã đăng ký ngoài hệ thống và kết thúc thủ công. Ai làm, khi nào, vì sao được ghi lại; "
            "các thủ tục sau dừng theo.",
            "Civil status never answers. An officer finds the case in the queue, sees that the "
            "birth was registered outside the system, and ends it by force. Who, when and why is "
            "kept; what would have followed stops.",
        ),
        filings=[
            Filing(
                at=OPENING,
                baby=GIRL,
                arranged={**BY_TEN, "civil-status/enter/1": NEVER},
            )
        ],
        remarks=[
            Remark(
                at="2023-07-18 09:00",
                system="dvclt",
                name="case.action.taken",
                data=lambda case: {
                    "action": "close",
                    "service": "birth",
                    "by": "Trần Quốc Huy",
                    "why": "Đã đăng ký trong hệ thống hộ tịch.",
                },
            )
        ],
        expected=[
            {
                "status": "refused",
                "reason": "closed_by_officer",
                "birth": 8,
                "birth.reason": "closed_by_officer",
                "residence": 8,
                "health_card": 8,
                "by_hand": ("birth: close",),
                "manual": ("dvclt: no_result_after_polls",),
                "ended": "2023-07-18 09:00",
            }
        ],
    ),
    Scenario(
        name="no-receiving-officer",
        title=Label("Không có cán bộ tiếp nhận", "No receiving officer"),
        source=Label(
            "Mã nguồn của một hệ thống cấp tỉnh: đơn vị chưa có cán bộ tiếp nhận thì hồ sơ không "
            "được tạo và nằm mãi ở “Mới đăng ký”",
            "Code of a provincial system: without a receiving officer the dossier is never made "
            "and stays “newly filed” for ever",
        ),
        story=Label(
            "Hồ sơ dừng ở trạng thái 1, quá hạn tiếp nhận rồi vào hàng đợi thủ công.",
            "The case stays at status 1, is overdue for its reception and comes to the manual "
            "queue.",
        ),
        filings=[
            Filing(
                at=OPENING,
                baby=GIRL,
                arranged={"one-stop/receive/1": NEVER},
            )
        ],
        expected=[
            {
                "status": "processing",
                "birth": 1,
                "birth.waits": "overdue_birth_reception",
                "manual": ("dvclt: overdue",),
                "dossier": None,
                "said birth.entry.requested": 0,
            }
        ],
        open=1,
    ),
    Scenario(
        name="apology",
        title=Label("Xin lỗi và hẹn lại ngày trả", "An apology and a new date"),
        source=Label(
            "Nghị định 61/2018/NĐ-CP, Điều 19: quá hạn thì có văn bản xin lỗi, hẹn lại một lần "
            "(kiến thức chung, chưa đối chiếu văn bản gốc)",
            "Decree 61/2018/NĐ-CP, article 19: who is late apologises in writing and sets a new "
            "date once (common knowledge, not checked against the text)",
        ),
        story=Label(
            "Nộp thứ Hai 10/7, hẹn trả thứ Năm 13/7. BHXH mất mười bốn ngày mới cấp thẻ: đúng "
            "17:00 ngày hẹn, công dân nhận Phiếu xin lỗi nêu BHXH và ngày hẹn mới, 18/7. Ngày đó "
            "cũng qua, nhưng không có phiếu thứ hai.",
            "Filed on Monday 10 July, due on Thursday the 13th. Social insurance takes fourteen "
            "days for the card: at 17:00 on the promised day the citizen gets a letter that names "
            "it and a new date, the 18th. That passes too, and there is no second letter.",
        ),
        filings=[
            Filing(
                at=OPENING,
                baby=GIRL,
                arranged={**BY_TEN, "social-insurance/card/1": takes(days=14)},
            )
        ],
        glance="2023-07-14 08:00",
        meanwhile=[
            {
                "birth": 10,
                "residence": 10,
                "health_card": 4,
                "health_card.waits": "overdue_card_decision",
                "apology": "social-insurance",
                "due": "2023-07-18 17:00",
                "said case.status.changed": 2,
            }
        ],
        expected=[
            {
                "status": "completed",
                "promised": "2023-07-13 17:00",
                "apology": "social-insurance",
                "letters": 1,
                "put_off": "2023-07-18 17:00",
                "due": "2023-07-18 17:00",
                "health_card.due": "2023-07-13 17:00",
                "said case.status.changed": 3,
                "ended": "2023-07-24 10:00",
                "manual": None,
            }
        ],
    ),
    Scenario(
        name="backlog-of-new-cases",
        title=Label("Tồn đọng “Mới đăng ký”", "A backlog of “newly filed”"),
        source=Label(
            "Công văn 7323 của Văn phòng Chính phủ (23/9/2023) về hạ tầng hộ tịch dùng chung (Báo "
            "Hải Dương)",
            "Letter 7323 of the Government Office (23 September 2023) on the shared civil-status "
            "infrastructure (Hải Dương newspaper)",
        ),
        story=Label(
            "Bảy ngày sau một cửa mới nhận hồ sơ về. Hồ sơ quá hạn, nhưng kết quả muộn vẫn là "
            "kết quả.",
            "The one-stop takes the case seven days later. It is overdue, and a late result is "
            "still a result.",
        ),
        filings=[
            Filing(
                at=OPENING,
                baby=GIRL,
                arranged={**BY_TEN, "one-stop/receive/1": takes(days=7)},
            )
        ],
        glance="2023-07-14 08:00",
        meanwhile=[{"birth": 1, "birth.waits": "overdue_birth_reception", "dossier": None}],
        expected=[
            {
                "status": "completed",
                "promised": "2023-07-13 17:00",
                "apology": "civil-status",
                "letters": 1,
                "due": "2023-07-18 17:00",
                "dossier": "H26.001.00001-230717-0001",
                "entered.at": "2023-07-17 09:00",
                "manual": None,
            }
        ],
    ),
)
