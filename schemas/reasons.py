"""Reason codes: why a service was refused, and why a record was not routed.

Each code has its text in Vietnamese and English and, where the sender can do something, the
remedy in both. Codes are part of the contract: they are added, never renamed.
"""

from dataclasses import dataclass
from typing import Final

from schemas.rules import rule


@dataclass(frozen=True, slots=True, kw_only=True)
class Reason:
    """A reason with its text for people; `remedy_*` says what to do next."""

    code: str
    vi: str
    en: str
    remedy_vi: str
    remedy_en: str


def _table(*rows: tuple[str, str, str, str, str]) -> dict[str, Reason]:
    return {
        code: Reason(code=code, vi=vi, en=en, remedy_vi=remedy_vi, remedy_en=remedy_en)
        for code, vi, en, remedy_vi, remedy_en in rows
    }


_CARD_FROM: Final = next(
    row.valid_from for row in rule("offered.identity_card").rows if row.value == "linked"
)
"""The first day on which a linked case can ask for an identity card."""
_PILOT, _LINKED = (row for row in rule("offered.linked").rows if row.value != "none")
"""Where the linked services were first, and everywhere."""
_BIRTH, _DEATH, _CARD_ONLY = (
    rule(f"procedure.{service}").rows[-1].value
    for service in ("birth", "death", "linked_birth_health_card")
)
"""Codes of the two registrations by themselves, and of the linked birth without residence."""

REFUSALS = _table(
    (
        "birth_not_asked",
        "Hồ sơ liên thông phải có thủ tục đăng ký khai sinh.",
        "A linked case must ask for birth registration.",
        "Nộp lại hồ sơ có chọn đăng ký khai sinh.",
        "Submit again with birth registration among the services.",
    ),
    (
        "linked_not_offered",
        "Nơi nộp chưa có dịch vụ công liên thông vào ngày nộp: thực hiện trên toàn quốc từ ngày "
        f"{_LINKED.valid_from:%d/%m/%Y}, {_PILOT.vi} từ ngày {_PILOT.valid_from:%d/%m/%Y}.",
        "The linked services were not offered there on the day of submission: they are nationwide "
        f"from {_LINKED.valid_from:%d/%m/%Y}, after a pilot in provinces "
        f"{' and '.join(_PILOT.value.split())} from {_PILOT.valid_from:%d/%m/%Y}.",
        "Nộp riêng từng thủ tục tại cơ quan giải quyết: đăng ký khai sinh hoặc khai tử tại UBND "
        "cấp xã trước.",
        "File each procedure by itself with its agency: first the birth or the death, with the "
        "commune's people's committee.",
    ),
    (
        "birth_alone",
        "Hồ sơ chỉ có đăng ký khai sinh thì không phải hồ sơ liên thông.",
        "A case that asks for the birth registration alone is no linked case.",
        f"Nộp theo thủ tục đăng ký khai sinh ({_BIRTH}), hoặc chọn thêm đăng ký thường trú hay thẻ "
        "cho trẻ em dưới 6 tuổi.",
        f"File it as a birth registration ({_BIRTH}), or ask for residence or a card for a child "
        "under 6 as well.",
    ),
    (
        "procedure_without_residence",
        f"Thủ tục {_CARD_ONLY} chỉ gồm đăng ký khai sinh và cấp thẻ BHYT, không gồm đăng ký thường "
        "trú.",
        f"Procedure {_CARD_ONLY} is birth registration and health card only, without residence.",
        "Nộp lại theo thủ tục liên thông có đăng ký thường trú, hoặc không chọn đăng ký thường "
        "trú.",
        "Submit again under the linked procedure that includes residence, or without residence.",
    ),
    (
        "over_six",
        "Trẻ từ đủ 6 tuổi không thuộc đối tượng cấp thẻ BHYT, thẻ căn cước cho trẻ em dưới 6 tuổi.",
        "A child of six or older is not entitled to the cards for children under 6.",
        "Nộp lại hồ sơ, không chọn thẻ; đăng ký BHYT riêng tại cơ quan BHXH, làm thẻ căn cước "
        "riêng tại cơ quan quản lý căn cước của Công an.",
        "Submit again without a card; apply for health insurance with social insurance itself, and "
        "for an identity card with the police.",
    ),
    (
        "identity_card_not_offered",
        "Thẻ căn cước cho người dưới 6 tuổi chỉ được cấp trong hồ sơ liên thông nộp từ ngày "
        f"{_CARD_FROM:%d/%m/%Y}.",
        f"The linked case includes the identity card of a child under 6 from {_CARD_FROM:%d/%m/%Y} "
        "on only.",
        "Nộp lại hồ sơ, không chọn thẻ căn cước; xin cấp thẻ riêng tại cơ quan quản lý căn cước.",
        "Submit again without the identity card; apply for it by itself with the identity-card "
        "authority.",
    ),
    (
        "death_not_asked",
        "Hồ sơ liên thông phải có thủ tục đăng ký khai tử.",
        "A linked case must ask for death registration.",
        "Nộp lại hồ sơ có chọn đăng ký khai tử.",
        "Submit again with death registration among the services.",
    ),
    (
        "death_alone",
        "Hồ sơ chỉ có đăng ký khai tử thì không phải hồ sơ liên thông.",
        "A case that asks for the death registration alone is no linked case.",
        f"Nộp theo thủ tục đăng ký khai tử ({_DEATH}), hoặc chọn thêm xóa đăng ký thường trú hay "
        "trợ cấp mai táng.",
        f"File it as a death registration ({_DEATH}), or ask for the removal of the residence or a "
        "funeral allowance as well.",
    ),
    (
        "allowance_incomplete",
        "Yêu cầu trợ cấp mai táng phải chọn nhóm đối tượng, người nhận và cách nhận tiền.",
        "A funeral allowance needs a group, a payee and a way to be paid.",
        "Nộp lại hồ sơ với đủ nhóm đối tượng, người lo mai táng và hình thức chi trả.",
        "Submit again with the group, who saw to the funeral, and how to pay.",
    ),
    (
        "groups_exclude",
        "Hỗ trợ chi phí mai táng bảo trợ xã hội và trợ giúp khẩn cấp không hưởng đồng thời.",
        "Social protection and emergency aid exclude each other.",
        "Nộp lại hồ sơ và chỉ chọn một trong hai.",
        "Submit again with one of the two.",
    ),
    (
        "wrong_place",
        "Nơi nộp hồ sơ không có thẩm quyền: xã, phường trong hồ sơ thuộc tỉnh khác.",
        "Filed in the wrong place: the commune of the case lies in another province.",
        "Nộp tại tỉnh có xã, phường đó: nơi cư trú của cha hoặc mẹ, nơi cư trú cuối cùng của người "
        "chết, hoặc nơi tạm trú.",
        "File in that commune's province: where a parent lives, where the deceased last lived, or "
        "where the stay is.",
    ),
    (
        "wrong_place_of_residence",
        "Nơi thường trú của người chết ghi sai: xã, phường đó không thuộc tỉnh đã chọn.",
        "The permanent residence of the deceased is wrong: its commune lies in another province.",
        "Nộp lại hồ sơ với đúng tỉnh và xã, phường nơi người chết đăng ký thường trú.",
        "Submit again with the province and commune where the deceased was registered.",
    ),
    (
        "wrong_place_of_allowance",
        "Nơi giải quyết trợ cấp mai táng ghi sai: xã, phường đó không thuộc tỉnh đã chọn.",
        "The place where the funeral allowance is decided is wrong: its commune lies in another "
        "province.",
        "Nộp lại hồ sơ với đúng tỉnh và xã, phường của cơ quan đã chi trả hoặc quản lý người chết.",
        "Submit again with the province and commune of whoever paid or insured the deceased.",
    ),
    (
        "procedure_not_in_force",
        "Mã thủ tục hành chính của hồ sơ không có, hoặc không có hiệu lực vào ngày nộp.",
        "The case's procedure code does not exist, or was not in force on the day of submission.",
        "Chọn thủ tục đang có hiệu lực trên Cổng Dịch vụ công và nộp hồ sơ mới.",
        "Choose the procedure that is in force on the portal, and submit a new case.",
    ),
    (
        "death_notice_mismatch",
        "Thông tin trên tờ khai không khớp với giấy báo tử.",
        "The declaration differs from the death notice.",
        "Đối chiếu tờ khai với giấy báo tử, sửa chỗ khác nhau rồi nộp hồ sơ mới.",
        "Compare the declaration with the death notice, correct it and submit a new case.",
    ),
    (
        "population_mismatch",
        "Thông tin kê khai khác với Cơ sở dữ liệu quốc gia về dân cư.",
        "What is declared differs from the national population database.",
        "Điều chỉnh thông tin tại Công an xã rồi nộp lại hồ sơ.",
        "Have the data corrected by the commune police, then submit again.",
    ),
    (
        "not_resident",
        "Người chết không đăng ký thường trú tại địa chỉ này.",
        "The deceased is not registered at this address.",
        "Kiểm tra nơi thường trú cuối cùng; không cần xóa nếu chưa từng đăng ký.",
        "Check the last residence; nothing to remove where none was registered.",
    ),
    (
        "stay_too_long",
        "Thời hạn tạm trú vượt quá thời hạn tối đa hoặc đã hết.",
        "The stay is longer than the law allows, or already over.",
        "Nộp lại hồ sơ với thời hạn tạm trú trong mức cho phép; có thể gia hạn nhiều lần.",
        "Submit again with a shorter stay; it can be renewed.",
    ),
    (
        "insured_too_short",
        "Chưa đủ 12 tháng đóng hoặc bảo lưu bảo hiểm xã hội.",
        "Insured or reserved for less than 12 months.",
        "Nếu có thời gian đóng khác, nộp hồ sơ riêng tại cơ quan BHXH.",
        "File separately with social insurance if other periods were paid for.",
    ),
    (
        "not_entitled",
        "Người chết không thuộc đối tượng được hưởng khoản này.",
        "The deceased does not belong to the group that this is for.",
        "Kiểm tra nhóm đối tượng đã chọn; nếu thuộc nhóm khác, nộp hồ sơ riêng tại cơ quan đó.",
        "Check the group that was ticked; for another one, file separately with its agency.",
    ),
    (
        "no_double_benefit",
        "Không hưởng trùng: đã được hưởng khoản trợ cấp mai táng khác có mức cao hơn hoặc bằng.",
        "No double benefit: another funeral allowance, as high or higher, was granted.",
        "Không cần nộp lại; nhận khoản đã được quyết định.",
        "Nothing to do: the one that was granted is paid.",
    ),
    (
        "account_closed",
        "Tài khoản nhận tiền đã đóng hoặc không tồn tại.",
        "The payee's account is closed or does not exist.",
        "Gửi tài khoản khác hoặc nhận tiền mặt.",
        "Name another account, or take cash.",
    ),
    (
        "payout_uncollected",
        "Đã có quyết định trợ cấp nhưng chưa chi trả được; khoản tiền được giữ tại cơ quan.",
        "The allowance was granted but could not be paid; the agency keeps the sum.",
        "Mang giấy tờ tùy thân đến nhận tại cơ quan đã ra quyết định.",
        "Collect it at the agency that decided, with proof of identity.",
    ),
    (
        "closed_by_officer",
        "Cán bộ đã kết thúc thủ công vì việc này được giải quyết ngoài hệ thống.",
        "An officer ended it by hand: it was dealt with outside the system.",
        "Liên hệ cơ quan giải quyết để nhận kết quả.",
        "Ask the deciding agency for the result.",
    ),
    (
        "notice_mismatch",
        "Thông tin trên tờ khai không khớp với giấy chứng sinh.",
        "The declaration differs from the birth notice.",
        "Đối chiếu tờ khai với giấy chứng sinh, sửa chỗ khác nhau rồi nộp hồ sơ mới.",
        "Compare the declaration with the birth notice, correct it and submit a new case.",
    ),
    (
        "duplicate_of",
        "Việc này đã được giải quyết trong hồ sơ khác.",
        "This was already decided in another dossier.",
        "Không cần nộp lại; tra cứu kết quả theo mã hồ sơ trước, hoặc hỏi cơ quan đã giải quyết.",
        "Do not submit again: look the result up by the earlier case code, or ask who decided it.",
    ),
    (
        "no_lawful_dwelling",
        "Chỗ ở đăng ký cư trú không hợp pháp hoặc chưa đủ giấy tờ chứng minh.",
        "The dwelling is not shown to be lawful.",
        "Nộp hồ sơ đăng ký cư trú riêng kèm giấy tờ chứng minh chỗ ở hợp pháp.",
        "File for residence by itself, with proof of a lawful dwelling.",
    ),
    (
        "consent_declined",
        "Chủ hộ hoặc chủ sở hữu chỗ ở không đồng ý.",
        "The household head or owner of the dwelling declined.",
        "Liên hệ chủ hộ; có thể nộp hồ sơ đăng ký thường trú riêng.",
        "Speak with the household head; residence can be filed separately.",
    ),
    (
        "already_insured",
        "Trẻ đã có thẻ BHYT còn giá trị sử dụng.",
        "The child already holds a valid health-insurance card.",
        "Không cần nộp lại; sử dụng thẻ hiện có.",
        "Nothing to do: use the card that exists.",
    ),
    (
        "consent_expired",
        "Chủ hộ hoặc chủ sở hữu chỗ ở không trả lời trong thời hạn.",
        "The household head or owner of the dwelling did not answer in time.",
        "Liên hệ chủ hộ; có thể nộp hồ sơ đăng ký thường trú riêng.",
        "Speak with the household head; residence can be filed separately.",
    ),
    (
        "supplement_expired",
        "Quá thời hạn bổ sung hồ sơ mà công dân không bổ sung.",
        "The supplement that was asked for did not come in time.",
        "Nộp hồ sơ mới với đủ giấy tờ đã được yêu cầu.",
        "Submit again with everything that was asked for.",
    ),
    (
        "withdrawn",
        "Công dân đã rút hồ sơ.",
        "The citizen withdrew.",
        "Nếu vẫn có nhu cầu, nộp hồ sơ mới.",
        "Submit again if it is wanted after all.",
    ),
)
"""Why an agency or dvclt refused a service."""

REFUSED = _table(
    (
        "header_missing",
        "Thiếu thuộc tính bắt buộc của sự kiện.",
        "A required event attribute is missing.",
        "Gửi đủ các header ce_specversion, ce_id, ce_source, ce_type, ce_time, ce_subject, "
        "content-type.",
        "Send all of ce_specversion, ce_id, ce_source, ce_type, ce_time, ce_subject, content-type.",
    ),
    (
        "header_invalid",
        "Thuộc tính của sự kiện sai định dạng.",
        "An event attribute is not of its form.",
        "Sửa header được nêu; xem `lienthong contract`.",
        "Mend the named header; see `lienthong contract`.",
    ),
    (
        "source_mismatch",
        "Nguồn của sự kiện không phải hệ thống sở hữu topic này.",
        "The event's source is not the system that owns this topic.",
        "Mỗi hệ thống chỉ gửi vào topic lt.in của chính mình với ce_source của chính mình.",
        "Publish only to your own lt.in topic, under your own ce_source.",
    ),
    (
        "unknown_type",
        "Loại sự kiện không có trong danh mục.",
        "The event type is not in the catalogue.",
        "Xem danh mục bằng `lienthong contract`.",
        "See the catalogue with `lienthong contract`.",
    ),
    (
        "not_allowed",
        "Hệ thống này không có quyền phát hành loại sự kiện này.",
        "This system may not publish this event type.",
        "Xem bảng quyền bằng `lienthong contract LOẠI`.",
        "See who may publish it with `lienthong contract TYPE`.",
    ),
    (
        "payload_too_large",
        "Nội dung vượt quá 64 KiB.",
        "The payload is larger than 64 KiB.",
        "Gửi tài liệu bằng đường dẫn kèm mã băm SHA-256.",
        "Send documents as a reference with their SHA-256.",
    ),
    (
        "payload_missing",
        "Sự kiện không có nội dung.",
        "The event has no payload.",
        "Gửi nội dung JSON theo lược đồ của loại sự kiện.",
        "Send a JSON payload of the type's schema.",
    ),
    (
        "payload_not_json",
        "Nội dung không phải JSON hợp lệ.",
        "The payload is not valid JSON.",
        "Gửi JSON mã hóa UTF-8, không có NaN, Infinity hay số quá lớn, lồng không quá 200 cấp.",
        "Send UTF-8 JSON without NaN, Infinity or numbers out of range, nested at most 200 deep.",
    ),
    (
        "payload_invalid",
        "Có trường thông tin không hợp lệ: không đúng lược đồ của loại sự kiện, hoặc mâu thuẫn với "
        "trường khác.",
        "A field is invalid: it does not fit the schema of its type, or contradicts another.",
        "Sửa trường được nêu; xem `lienthong contract LOẠI`.",
        "Mend the named field; see `lienthong contract TYPE`.",
    ),
    (
        "duplicate_key",
        "Nội dung có khóa trùng nhau.",
        "The payload has a duplicate key.",
        "Mỗi khóa chỉ xuất hiện một lần trong một đối tượng JSON.",
        "Use each key once in a JSON object.",
    ),
)
"""Why the hub did not route a record; its sender is told, and dvclt where it is a case's."""

GIVEN_UP = _table(
    (
        "id_reused",
        "Mã sự kiện đã dùng cho nội dung khác.",
        "The event id was used before with another payload.",
        "Mỗi sự kiện mới cần một mã mới.",
        "Give every new event a new id.",
    ),
    (
        "handler_failed",
        "Hệ thống nhận không xử lý được sự kiện.",
        "The receiver could not handle the event.",
        "Cán bộ xem lỗi trong hàng đợi thủ công; sửa xong, đưa lại bằng `lienthong dead requeue`.",
        "An officer reads the error in the manual queue; once mended, `lienthong dead requeue`.",
    ),
    (
        "process_killed",
        "Sự kiện làm tiến trình xử lý dừng đột ngột nhiều lần nên bị đưa riêng ra.",
        "The event ended the process that handled it again and again, so it was put aside.",
        "Cán bộ kỹ thuật kiểm tra; sau khi sửa lỗi, đưa lại bằng `lienthong dead requeue`.",
        "An engineer looks at it; once mended, send it again with `lienthong dead requeue`.",
    ),
    (
        "agency_refused",
        "Hệ thống của cơ quan từ chối yêu cầu hoặc không giải quyết được.",
        "The agency's own system refuses the request, or could not decide it.",
        "Cán bộ xem mã lỗi của cơ quan trong hàng đợi thủ công; sửa xong, gửi lại bằng "
        "`lienthong case retry`.",
        "An officer reads the agency's error in the manual queue; once mended, "
        "`lienthong case retry`.",
    ),
    (
        "refused_by_broker",
        "Hạ tầng truyền tin từ chối bản ghi.",
        "The broker refused the record.",
        "Giảm kích thước nội dung rồi gửi lại.",
        "Send again with a smaller payload.",
    ),
)
"""Why whoever was to handle a record gave it up; an officer finds its case in the manual queue."""

REJECTIONS = REFUSED | GIVEN_UP
"""Why a record went to the dead letters."""


def refusal_pattern() -> str:
    """A regular expression that matches exactly the refusal codes."""
    return f"^(?:{'|'.join(REFUSALS)})$"
