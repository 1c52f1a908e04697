"""What an agency can't write down: the paper of a decision that it has made."""

from re import compile as form
from typing import Final

from hub.orchestrator.labels import Label
from simulators.scenarios.births import GIRL, OPENING
from simulators.scenarios.scenario import Filing, Remark, Scenario, Unwritten
from simulators.scenarios.times import BY_TEN

UPLOAD: Final = Label(
    "Mã nguồn của một hệ thống cấp tỉnh: tải tệp lên không được thì gửi lại, sau đó xử lý thủ công",
    "Code of a provincial system: where a file can't be uploaded it is sent again, later dealt "
    "with by hand",
)

PAPERS: Final = (
    Scenario(
        name="paper-not-written",
        title=Label("Không ghi được tệp giấy khai sinh", "The certificate's file can't be written"),
        source=UPLOAD,
        story=Label(
            "Thứ Hai kho tệp đầy từ 09:50 đến 12:00: hộ tịch tự thử lại, giấy khai sinh có vào "
            "buổi trưa. Thứ Ba biểu mẫu lỗi, thử lại vô ích: hồ sơ vào hàng đợi thủ công, 13:00 "
            "cán bộ gửi lại sau khi sửa. Cả hai lần, việc sinh đã ghi vào sổ vẫn nguyên, một số, "
            "một giấy.",
            "On Monday the store of files is full from 09:50 to 12:00: civil status tries again by "
            "itself, and the certificate is there at noon. On Tuesday the form is broken, and "
            "trying again is no use: the case is in the manual queue, and at one o'clock, when it "
            "is mended, an officer sends it again. Both times the entry stands: one number, one "
            "paper.",
        ),
        documents="pdf",
        filings=[
            Filing(
                at=OPENING,
                title=Label("Kho tệp đầy", "the store is full"),
                baby=GIRL,
                arranged=BY_TEN,
            ),
            Filing(
                at="2023-07-11 08:00",
                title=Label("Biểu mẫu lỗi", "the form is broken"),
                baby=GIRL,
                arranged=BY_TEN,
            ),
        ],
        unwritten=[
            Unwritten(
                since="2023-07-10 09:50",
                until="2023-07-10 12:00",
                paper="birth_certificate",
                why="disk",
            ),
            Unwritten(
                since="2023-07-11 09:50",
                until="2023-07-11 12:00",
                paper="birth_certificate",
                why="form",
            ),
        ],
        heard=("civil-status: [Errno 28] No space left on device",),
        remarks=[
            Remark(
                at="2023-07-11 13:00",
                system="dvclt",
                name="case.action.taken",
                filing=1,
                data=lambda case: {
                    "action": "retry",
                    "service": "birth",
                    "by": "Trần Quốc Huy",
                    "why": "Biểu mẫu giấy khai sinh đã được sửa.",
                },
            )
        ],
        glance="2023-07-10 11:30",
        meanwhile=[
            {"birth": 4, "entered": "01/2023", "certificate": None, "files": None, "manual": None},
            {"status": None},
        ],
        expected=[
            {
                "status": "completed",
                "entered": "01/2023",
                "personal_id": form("001323[0-9]{6}"),
                "certificate": "urn:lienthong:KQ.G15.000031:00001:1/2023",
                "files": 3,
                "said birth.registered": 1,
                "manual": None,
            },
            {
                "status": "completed",
                "by_hand": ("birth: retry",),
                "entered": "02/2023",
                "personal_id": form("001323[0-9]{6}"),
                "certificate": "urn:lienthong:KQ.G15.000031:00001:2/2023",
                "files": 3,
                "said birth.registered": 1,
                "said personal-id.requested": 2,
                "manual": ("civil-status: agency_refused",),
            },
        ],
    ),
)
