"""Every table that the ledger reads, with the columns that it compares (docs/ledger.md)."""

from hub.ledger.judge import Table
from hub.ledger.rights import DECIDERS

_CHILD = ("ho_ten", "gioi_tinh", "ngay_sinh")
_MOTHER = ("ho_ten_me", "so_dinh_danh_me", "ngay_sinh_me")
_FATHER = ("ho_ten_cha", "so_dinh_danh_cha", "ngay_sinh_cha")
_REQUESTER = ("ho_ten_nyc", "so_dinh_danh_nyc")


def _natural(system: str, name: str, *columns: str) -> Table:
    return Table(f"registers/{system}", name, columns)


HO_SO = _natural(
    "one-stop",
    "ho_so",
    *("ma_ho_so", "ma_lien_thong", "ma_don_vi", "ngay", "thu_tu", "ma_tthc", "ma_tinh", "ma_xa"),
    *("ngay_nop", "ngay_tiep_nhan", "han_tra", *_REQUESTER, "so_gcs", "ma_co_so", *_CHILD),
    *("gio_sinh", *_MOTHER, *_FATHER, "trang_thai"),
    *("so_dinh_danh", "so_dang_ky", "quyen_so", "trang_so", "ngay_dang_ky"),
    *("giay_khai_sinh", "sha256", "ly_do", "ngay_tra"),
    *("loai", "so_gbt", "ngay_mat", "gio_mat", "noi_mat", "nguyen_nhan", "trich_luc"),
)
SO_KHAI_SINH = _natural(
    "civil-status",
    "so_khai_sinh",
    *("so_gcs", "so", "nam", "quyen", "trang", "xa", "ngay_dang_ky", "gio_dang_ky", *_CHILD),
    *("gio_sinh", "ma_co_so", *_MOTHER, *_FATHER, *_REQUESTER),
    *("ma_don_vi", "ma_ho_so", "ma_lien_thong"),
    *("so_dinh_danh", "ngay_cap", "gio_cap", "giay_khai_sinh", "sha256"),
)
CONG_DAN = _natural(
    "population",
    "cong_dan",
    *("so_dinh_danh", "so_gcs", *_CHILD, "gio_sinh", "so_dinh_danh_me", "so_dinh_danh_cha"),
    *("tinh_khai_sinh", "xa_khai_sinh", "ngay_cap", "ma_lien_thong"),
    *("so_khai_sinh", "quyen_khai_sinh", "trang_khai_sinh", "ngay_khai_sinh"),
    *("xa_thuong_tru", "noi_thuong_tru", "so_dinh_danh_chu_ho", "ngay_thuong_tru"),
)
THUONG_TRU = _natural(
    "residence",
    "thuong_tru",
    *("so_dinh_danh", "so_ct08", "so", "nam", "xa", *_CHILD, "dia_chi", "ho_ten_chu_ho"),
    *("so_dinh_danh_chu_ho", "quan_he_chu_ho", *_REQUESTER, "dong_y", "ngay_dang_ky"),
    *("gio_dang_ky", "ma_lien_thong", "ct08", "sha256"),
)
DONG_Y = Table(
    "registers/vneid",
    "dong_y",
    (
        *("ma_lien_thong", "so_dinh_danh", "ho_ten", "ho_ten_tre", *_REQUESTER, "dia_chi"),
        *("ngay_hoi", "han_tra_loi", "dong_y", "ngay_tra_loi"),
    ),
    key=("ma_lien_thong", "so_dinh_danh"),
)
THE_BHYT = _natural(
    "social-insurance",
    "the_bhyt",
    *("so_dinh_danh", "ma_the", "so_bhxh", *_CHILD, *_REQUESTER, "ma_tinh", "ma_xa", "noi_kcb"),
    *("tu_ngay", "den_ngay", "ngay_cap", "ma_lien_thong", "the_dien_tu", "sha256"),
)
THE_CAN_CUOC = _natural(
    "population",
    "the_can_cuoc",
    *("so_dinh_danh", "so_the", *_CHILD, *_REQUESTER, "ma_tinh", "ma_xa", "ngay_cap", "gio_cap"),
    *("den_ngay", "ma_lien_thong", "the_can_cuoc", "sha256"),
)
_DIED = ("so_dinh_danh", "ngay_mat", "gio_mat")
SO_KHAI_TU = _natural(
    "civil-status",
    "so_khai_tu",
    *("so_dinh_danh", "so", "nam", "quyen", "trang", "xa", "ngay_dang_ky", "gio_dang_ky"),
    *(*_CHILD, "ngay_mat", "gio_mat", "noi_mat", "nguyen_nhan", "so_gbt", "ma_co_so"),
    *(*_REQUESTER, "ma_don_vi", "ma_ho_so", "ma_lien_thong", "trich_luc", "sha256"),
)
MARKED_DEAD = _natural(
    "population",
    "nguoi_mat",
    *(*_DIED, "so_khai_tu", "quyen_khai_tu", "trang_khai_tu", "ngay_khai_tu"),
    *("ma_lien_thong", "xa_xoa", "ngay_xoa"),
)
NOTED_DEAD = _natural("residence", "nguoi_mat", *_DIED, "ma_lien_thong")
KHOA_TAI_KHOAN = _natural("vneid", "khoa_tai_khoan", *_DIED, "ma_lien_thong")
XOA_THUONG_TRU = _natural(
    "residence",
    "xoa_thuong_tru",
    *("so_dinh_danh", "so_ct08", "so", "nam", "xa", *_CHILD, "ngay_mat", "gio_mat", "dia_chi"),
    *(*_REQUESTER, "ngay_xoa", "gio_xoa", "ma_lien_thong", "ct08", "sha256"),
)
TAM_TRU = _natural(
    "residence",
    "tam_tru",
    *("so_dinh_danh", "so_ct08", "so", "nam", "xa", *_CHILD, "dia_chi", "den_ngay", *_REQUESTER),
    *("ngay_tam_tru", "gio_tam_tru", "ma_lien_thong", "ct08", "sha256"),
)
DUNG_HUONG = {
    system: _natural(system, "dung_huong", *_DIED, "dung_tu_thang", "ma_lien_thong")
    for system in DECIDERS
}
TRO_CAP_MAI_TANG = {
    system: _natural(
        system,
        "tro_cap_mai_tang",
        *("so_dinh_danh", "so_quyet_dinh", "so", "nam", "noi", *_CHILD, "ngay_mat", "gio_mat"),
        *("nhom", "so_tien", "da_huong", "ho_ten_nhan", "so_dinh_danh_nhan", "quan_he_nhan"),
        *("ngay_quyet_dinh", "gio_quyet_dinh", "ma_lien_thong", "quyet_dinh", "sha256"),
        *("ngay_chi", "hinh_thuc_chi", "loi_chi"),
    )
    for system in DECIDERS
}
CHI_TRA = Table(
    "registers/payout",
    "chi_tra",
    (
        *("so_quyet_dinh", "ngay_quyet_dinh", "noi_ra", "so_tien", "ho_ten_nhan"),
        "so_dinh_danh_nhan",
        *("quan_he_nhan", "hinh_thuc", "ngan_hang", "so_tai_khoan", "ma_giao_dich"),
        *("ngay_chi", "gio_chi", "ma_lien_thong"),
    ),
    key=("so_quyet_dinh", "ngay_quyet_dinh", "noi_ra"),
)
NATURAL = (
    *(HO_SO, SO_KHAI_SINH, CONG_DAN, THUONG_TRU, DONG_Y, THE_BHYT, THE_CAN_CUOC),
    *(SO_KHAI_TU, MARKED_DEAD, NOTED_DEAD, KHOA_TAI_KHOAN, XOA_THUONG_TRU),
    *(*DUNG_HUONG.values(), *TRO_CAP_MAI_TANG.values(), CHI_TRA, TAM_TRU),
)
"""The tables in which agencies keep what they decided."""
OF_A_COMMUNE = (SO_KHAI_SINH, SO_KHAI_TU, THUONG_TRU, XOA_THUONG_TRU, TAM_TRU)
"""Of them, those that a commune numbers by itself, anew each year."""


def dossiers_table(system: str) -> Table:
    """The requests that an agency had, with its decisions."""
    return Table(
        f"registers/{system}",
        "dossiers",
        (
            *("key", "case_code", "step", "attempt", "received", "decided", "result", "reason"),
            *("record", "cause"),
        ),
    )


def register_rest(system: str) -> tuple[Table, Table]:
    """Requests not yet decided, decisions not yet acknowledged: none at rest."""
    columns = ("key", "case_code", "step", "attempt", "received", "record", "cause", "ready")
    store = f"registers/{system}"
    return (
        Table(store, "pending", columns),
        Table(store, "outcomes", ("key",), technical=("seq",)),
    )


def subjects_table(system: str) -> Table:
    """What a system remembers of a case."""
    return Table(
        f"stores/{system}",
        "subjects",
        ("subject", "partition", "state", "seen", "timers", "next_due", "ended"),
        technical=("version",),
    )


def store_rest(system: str) -> tuple[Table, Table, Table, Table]:
    """What is still to be published and to be asked: none at rest; and what failed: none at all."""
    store = f"stores/{system}"
    sent = ("seq", "partition", "topic", "key", "headers", "payload")
    asked = ("key", "seq", "subject", "step", "attempt", "time", "record", "cause")
    return (
        Table(store, "outbox", sent),
        Table(store, "calls", asked),
        Table(
            *(store, "manual", ("subject", "input", "reason", "detail", "at")),
            key=("subject", "input"),
        ),
        Table(store, "dead", ("source", "id", "subject", "reason"), key=("source", "id")),
    )


def technical_tables(system: str) -> tuple[Table, Table]:
    """Who owns a partition, and where processes began to read: technical as a whole."""
    store = f"stores/{system}"
    began = ("topic", "partition", "offset", "count", "alone")
    return (
        Table(store, "leases", (), technical=("partition", "epoch")),
        Table(store, "starts", (), technical=began),
    )


LOG = Table("log", "log", ("partition", "offset", "digest", "body"), key=("partition", "offset"))
DEAD_LETTERS = LOG._replace(name="dead_letters")
SUBMISSIONS = Table("submissions", "submissions", ("case", "id", "time", "payload"))
