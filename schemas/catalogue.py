"""The catalogue of event types: what exists, and which model its payload has."""

from dataclasses import dataclass

from schemas import payloads as p
from schemas.event import full_type


@dataclass(frozen=True, slots=True, kw_only=True)
class EventType:
    """One event type: its full name on the wire, its payload model and its title for people."""

    name: str
    model: p.Model
    version: int
    vi: str
    en: str

    @property
    def full(self) -> str:
        """`vn.lienthong.birth.registered.v1`."""
        return full_type(self.name, self.version)

    @property
    def dataschema(self) -> str:
        """The URI that names this type's schema in the `ce_dataschema` header."""
        return f"urn:lienthong:schema:{self.name}:v{self.version}"


def _catalogue(*rows: tuple[str, p.Model, str, str]) -> dict[str, EventType]:
    return {
        name: EventType(name=name, model=model, version=1, vi=vi, en=en)
        for name, model, vi, en in rows
    }


CATALOGUE = _catalogue(
    (
        "notice.issued",
        p.NoticeIssued,
        "Cấp giấy chứng sinh, giấy báo tử",
        "Birth or death notice issued",
    ),
    ("case.submitted", p.CaseSubmitted, "Nộp hồ sơ", "Case submitted"),
    ("case.status.changed", p.CaseStatusChanged, "Trạng thái hồ sơ", "Case status changed"),
    (
        "case.supplement.requested",
        p.CaseSupplementRequested,
        "Yêu cầu công dân bổ sung",
        "Supplement requested of the citizen",
    ),
    (
        "case.supplement.provided",
        p.CaseSupplementProvided,
        "Công dân đã bổ sung",
        "Supplement provided",
    ),
    (
        "case.withdrawal.requested",
        p.CaseWithdrawalRequested,
        "Công dân rút hồ sơ",
        "Withdrawal requested",
    ),
    (
        "case.action.taken",
        p.CaseActionTaken,
        "Cán bộ xử lý thủ công",
        "Officer acted by hand",
    ),
    (
        "birth.registration.requested",
        p.BirthRegistrationRequested,
        "Yêu cầu đăng ký khai sinh",
        "Birth registration requested",
    ),
    ("dossier.progressed", p.DossierProgressed, "Tiến độ hồ sơ", "Dossier progressed"),
    (
        "birth.entry.requested",
        p.BirthEntryRequested,
        "Chuyển hộ tịch ghi sổ khai sinh",
        "Birth entry requested",
    ),
    (
        "personal-id.requested",
        p.PersonalIdRequested,
        "Yêu cầu cấp số định danh cá nhân",
        "Personal ID requested",
    ),
    (
        "personal-id.issued",
        p.PersonalIdIssued,
        "Đã cấp số định danh cá nhân",
        "Personal ID issued",
    ),
    (
        "certificate.drafted",
        p.CertificateDrafted,
        "Gửi bản điện tử giấy khai sinh để kiểm tra",
        "Draft of the birth certificate sent to be checked",
    ),
    (
        "certificate.draft.answered",
        p.CertificateDraftAnswered,
        "Người yêu cầu trả lời về bản điện tử",
        "Requester answered on the draft",
    ),
    ("birth.registered", p.BirthRegistered, "Đã đăng ký khai sinh", "Birth registered"),
    (
        "birth.registration.refused",
        p.RegistrationRefused,
        "Từ chối đăng ký khai sinh",
        "Birth registration refused",
    ),
    (
        "death.registration.requested",
        p.DeathRegistrationRequested,
        "Yêu cầu đăng ký khai tử",
        "Death registration requested",
    ),
    (
        "death.entry.requested",
        p.DeathEntryRequested,
        "Chuyển hộ tịch ghi sổ khai tử",
        "Death entry requested",
    ),
    ("death.registered", p.DeathRegistered, "Đã đăng ký khai tử", "Death registered"),
    (
        "death.registration.refused",
        p.RegistrationRefused,
        "Từ chối đăng ký khai tử",
        "Death registration refused",
    ),
    (
        "residence.registration.requested",
        p.ResidenceRegistrationRequested,
        "Yêu cầu đăng ký thường trú",
        "Residence registration requested",
    ),
    (
        "consent.requested",
        p.ConsentRequested,
        "Đề nghị chủ hộ đồng ý",
        "Household head's consent requested",
    ),
    ("consent.given", p.ConsentAnswered, "Chủ hộ đồng ý", "Consent given"),
    ("consent.declined", p.ConsentAnswered, "Chủ hộ không đồng ý", "Consent declined"),
    (
        "residence.registered",
        p.ResidenceRegistered,
        "Đã đăng ký thường trú",
        "Permanent residence registered",
    ),
    (
        "residence.registration.refused",
        p.ServiceRefused,
        "Từ chối đăng ký thường trú",
        "Residence registration refused",
    ),
    (
        "health-card.requested",
        p.HealthCardRequested,
        "Yêu cầu cấp thẻ BHYT",
        "Health-insurance card requested",
    ),
    (
        "health-card.issued",
        p.HealthCardIssued,
        "Đã cấp thẻ BHYT",
        "Health-insurance card issued",
    ),
    (
        "health-card.refused",
        p.ServiceRefused,
        "Từ chối cấp thẻ BHYT",
        "Health-insurance card refused",
    ),
    (
        "identity-card.requested",
        p.IdentityCardRequested,
        "Yêu cầu cấp thẻ căn cước",
        "Identity card requested",
    ),
    ("identity-card.issued", p.IdentityCardIssued, "Đã cấp thẻ căn cước", "Identity card issued"),
    (
        "identity-card.refused",
        p.ServiceRefused,
        "Từ chối cấp thẻ căn cước",
        "Identity card refused",
    ),
    (
        "residence.removal.requested",
        p.ResidenceRemovalRequested,
        "Yêu cầu xóa đăng ký thường trú",
        "Residence removal requested",
    ),
    (
        "residence.removed",
        p.ResidenceRemoved,
        "Đã xóa đăng ký thường trú",
        "Residence removed",
    ),
    (
        "residence.removal.refused",
        p.ServiceRefused,
        "Từ chối xóa đăng ký thường trú",
        "Residence removal refused",
    ),
    (
        "funeral-allowance.requested",
        p.FuneralAllowanceRequested,
        "Yêu cầu trợ cấp mai táng",
        "Funeral allowance requested",
    ),
    (
        "funeral-allowance.granted",
        p.FuneralAllowanceGranted,
        "Đã quyết định trợ cấp mai táng",
        "Funeral allowance granted",
    ),
    (
        "funeral-allowance.refused",
        p.ServiceRefused,
        "Từ chối trợ cấp mai táng",
        "Funeral allowance refused",
    ),
    ("payout.requested", p.PayoutRequested, "Yêu cầu chi trả", "Payout requested"),
    ("payout.made", p.PayoutMade, "Đã chi trả", "Payout made"),
    ("payout.failed", p.PayoutFailed, "Chi trả không thành công", "Payout failed"),
    (
        "residence.temporary.requested",
        p.TemporaryResidenceRequested,
        "Yêu cầu đăng ký tạm trú",
        "Temporary residence requested",
    ),
    (
        "residence.temporary.registered",
        p.TemporaryResidenceRegistered,
        "Đã đăng ký tạm trú",
        "Temporary residence registered",
    ),
    (
        "residence.temporary.refused",
        p.ServiceRefused,
        "Từ chối đăng ký tạm trú",
        "Temporary residence refused",
    ),
    (
        "supplement.requested",
        p.SupplementRequested,
        "Cơ quan yêu cầu bổ sung",
        "Supplement requested by an agency",
    ),
    (
        "delivery.rejected",
        p.DeliveryRejected,
        "Sự kiện bị từ chối định tuyến",
        "Delivery rejected by the hub",
    ),
)
"""Every event type by its short name."""
