"""What the catalogues of procedures and units say, and a case does not."""

from collections.abc import Mapping
from typing import Final

from hub.orchestrator.labels import Label
from simulators.scenarios.scenario import Baby, Death, Expected, Filing, Scenario
from simulators.scenarios.times import BY_TEN

MISSING: Final = Label(
    "Công cụ đối soát của một hệ thống cấp tỉnh: thiếu thủ tục (mã TTHC) thì hồ sơ không được tạo; "
    "mã theo ngày nộp (Nghị định 63/2024/NĐ-CP), các danh mục địa phương gán 2.002621 và 2.002622 "
    "khác nhau",
    "The tools of a provincial system: where a procedure is missing the dossier is never created; "
    "codes by the day of submission (Decree 63/2024/NĐ-CP), and local catalogues differ in which "
    "of 2.002621 and 2.002622 is which",
)
_BOY: Final = Baby("male", "Hải Đăng", "2024-06-01 22:10")
_NEW_CODES: Final = "2024-06-10 08:00"
_NOT_TAKEN: Final[Mapping[str, Expected]] = {
    "status": "refused",
    "reason": "procedure_not_in_force",
    "birth": 3,
    "residence": 3,
    "health_card": 3,
    "promised": None,
    "dossier": None,
    "manual": None,
    "said birth.registration.requested": 0,
}

CATALOGUES: Final = (
    Scenario(
        name="procedure-not-in-force",
        title=Label(
            "Mã thủ tục không có hiệu lực", "A procedure code that is missing or not in force"
        ),
        source=MISSING,
        story=Label(
            "Mã cũ nộp ngày 10/6/2024, mã mới nộp sớm ba ngày, một mã không có, và một hồ sơ khai "
            "tử theo mã cũ: dvclt từ chối ngay, nêu lý do và cách sửa; không cơ quan nào nhận được "
            "gì. Mã mà một danh mục địa phương khác dùng cho khai sinh vẫn được nhận.",
            "The old code on 10 June 2024, the new one three days early, one that does not exist, "
            "and a death under its old code: dvclt refuses them at once, with the reason and what "
            "to do, and no agency hears of them. The code that other local catalogues have for the "
            "birth is taken.",
        ),
        filings=[
            Filing(
                at=_NEW_CODES,
                title=Label("Mã đã hết hiệu lực", "a code that has ended"),
                baby=_BOY,
                changes={"/procedure": "2.000986"},
            ),
            Filing(
                at="2024-06-07 16:00",
                title=Label("Mã chưa có hiệu lực", "a code that has not begun"),
                baby=_BOY,
                changes={"/procedure": "2.002621"},
            ),
            Filing(
                at=_NEW_CODES,
                title=Label("Mã không có", "a code that does not exist"),
                baby=_BOY,
                changes={"/procedure": "9.999999"},
            ),
            Filing(
                at=_NEW_CODES,
                title=Label("Khai tử theo mã cũ", "a death under the old code"),
                death=Death(died="2024-06-05 04:10"),
                changes={"/procedure": "1.006714"},
            ),
            Filing(
                at=_NEW_CODES,
                title=Label("Mã theo danh mục khác", "the code of other catalogues"),
                baby=_BOY,
                changes={"/procedure": "2.002622"},
                arranged=BY_TEN,
            ),
        ],
        expected=[
            {**_NOT_TAKEN, "procedure": "2.000986", "ended": "2024-06-10 08:00"},
            {**_NOT_TAKEN, "procedure": "2.002621", "ended": "2024-06-07 16:00"},
            {**_NOT_TAKEN, "procedure": "9.999999", "ended": "2024-06-10 08:00"},
            {
                "status": "refused",
                "reason": "procedure_not_in_force",
                "procedure": "1.006714",
                "death": 3,
                "residence_removal": 3,
                "said death.registration.requested": 0,
            },
            {"status": "completed", "procedure": "2.002622", "promised": "2024-06-13 17:00"},
        ],
    ),
)
