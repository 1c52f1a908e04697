"""Rows of agencies' registers as they stand when a paper is made out."""

from typing import Any, Final, NamedTuple

from simulators.agencies.documents import URI, Paper

CASE: Final = "G22.99.08-230710-786800"
DEATH: Final = "G22.99.09-230710-786800"
STAY: Final = "G22.99.10-230710-786800"


class Made(NamedTuple):
    """A paper's row, and what must be read on the paper."""

    paper: Paper
    row: dict[str, Any]
    read: tuple[str, ...]

    @property
    def columns(self) -> tuple[str, ...]:
        """What stands on it: everything but the address."""
        return tuple(self.row)[:-1]


BIRTH_CERTIFICATE: Final = Made(
    "birth_certificate",
    {
        "so_gcs": "00A1Z.GCS.79001.23",
        "so": 214,
        "nam": 2023,
        "quyen": "02/2023",
        "trang": 14,
        "xa": "26740",
        "ngay_dang_ky": "10.07.2023",
        "gio_dang_ky": "09:12:44",
        "ho_ten": "Nguyễn Thị Ngọc Huyền",
        "gioi_tinh": 0,
        "ngay_sinh": "04.04.2023",
        "gio_sinh": "03:15",
        "ma_co_so": "79001",
        "ho_ten_me": "Đặng Thị Bưởi",
        "so_dinh_danh_me": "079195000001",
        "ngay_sinh_me": "01.02.1995",
        "ho_ten_cha": None,
        "so_dinh_danh_cha": None,
        "ngay_sinh_cha": None,
        "ho_ten_nyc": "Đặng Thị Bưởi",
        "so_dinh_danh_nyc": "079195000001",
        "ma_don_vi": "H29.760.26740",
        "ma_ho_so": "H29.760.26740-230710-0001",
        "ma_lien_thong": CASE,
        "so_dinh_danh": "079323000001",
        "ngay_cap": "10.07.2023",
        "gio_cap": "10:00:01",
        "giay_khai_sinh": f"{URI}KQ.G15.000031:26740:214/2023",
    },
    (
        "GIẤY KHAI SINH",
        "NGUYỄN THỊ NGỌC HUYỀN",
        "079323000001",
        "214/2023",
        "02/2023",
        "04/04/2023",
        "Ngày bốn tháng tư năm hai nghìn không trăm hai mươi ba",
        "Nữ",
        "Đặng Thị Bưởi",
        "079195000001",
        "Ủy ban nhân dân Phường Bến Nghé, Quận 1, Hồ Chí Minh",
        "Phường Bến Nghé, ngày 10 tháng 7 năm 2023",
    ),
)

CT08: Final = Made(
    "ct08",
    {
        "so_dinh_danh": "079323000001",
        "so_ct08": "87/CT08-26740",
        "so": 87,
        "nam": 2023,
        "xa": "26740",
        "ho_ten": "Nguyễn Thị Ngọc Huyền",
        "gioi_tinh": 2,
        "ngay_sinh": "20230404",
        "dia_chi": "Số 12, tổ dân phố 4, Phường Bến Nghé, Quận 1, Hồ Chí Minh",
        "ho_ten_chu_ho": "Đặng Văn Ỷ",
        "so_dinh_danh_chu_ho": "079060000001",
        "quan_he_chu_ho": "cháu",
        "ho_ten_nyc": "Đặng Thị Bưởi",
        "so_dinh_danh_nyc": "079195000001",
        "dong_y": "vneid",
        "ngay_dang_ky": "20230711",
        "gio_dang_ky": "10:10:10",
        "ma_lien_thong": CASE,
        "ct08": f"{URI}CT08:2023:87/CT08-26740",
    },
    (
        "Mẫu CT08",
        "CÔNG AN QUẬN 1",
        "CÔNG AN PHƯỜNG BẾN NGHÉ",
        "87/CT08-26740",
        "NGUYỄN THỊ NGỌC HUYỀN",
        "079323000001",
        "Số 12, tổ dân phố 4",
        "Đặng Văn Ỷ",
        "Đồng ý (xác nhận trên VNeID)",
        "Đã đăng ký thường trú",
    ),
)

HEALTH_CARD: Final = Made(
    "health_card",
    {
        "so_dinh_danh": "079323000001",
        "ma_the": "TE1797923000001",
        "so_bhxh": "7923000001",
        "ho_ten": "Nguyễn Thị Ngọc Huyền",
        "gioi_tinh": 2,
        "ngay_sinh": "20230404",
        "ho_ten_nyc": "Đặng Thị Bưởi",
        "so_dinh_danh_nyc": "079195000001",
        "ma_tinh": "79",
        "ma_xa": "26740",
        "noi_kcb": "79101",
        "tu_ngay": "20230404",
        "den_ngay": "20290930",
        "ngay_cap": "20230711",
        "ma_lien_thong": CASE,
        "the_dien_tu": f"{URI}BHYT:TE1797923000001",
    },
    (
        "THẺ BẢO HIỂM Y TẾ",
        "TE 1 79 7923000001",
        "NGUYỄN THỊ NGỌC HUYỀN",
        "079323000001",
        "từ 04/04/2023 đến 30/09/2029",
        "79101",
        "Bảo hiểm xã hội Hồ Chí Minh",
    ),
)

INSURANCE_DECISION: Final = Made(
    "allowance_decision",
    {
        "so_dinh_danh": "079050001873",
        "so_quyet_dinh": "12/QĐ-BHXH-79",
        "so": 12,
        "nam": 2023,
        "noi": "79",
        "ho_ten": "Lê Văn Thành",
        "gioi_tinh": 1,
        "ngay_sinh": "19500211",
        "ngay_mat": "20230709",
        "gio_mat": "03:15",
        "nhom": "insurance",
        "so_tien": 18_000_000,
        "da_huong": None,
        "ho_ten_nhan": "Lê Thị Mai",
        "so_dinh_danh_nhan": "079183006614",
        "quan_he_nhan": "con",
        "ngay_quyet_dinh": "20230712",
        "gio_quyet_dinh": "10:10:10",
        "ma_lien_thong": DEATH,
        "quyet_dinh": f"{URI}QD:12:2023:BHXH:79",
    },
    (
        "QUYẾT ĐỊNH",
        "BẢO HIỂM XÃ HỘI VIỆT NAM",
        "BẢO HIỂM XÃ HỘI HỒ CHÍ MINH",
        "12/QĐ-BHXH-79",
        "Về việc trợ cấp mai táng",
        "Căn cứ Luật 58/2014/QH13, Điều 66",
        "Căn cứ Nghị định 24/2023/NĐ-CP",
        "đối với ông LÊ VĂN THÀNH",
        "079050001873",
        "18.000.000 đồng",
        "Mười tám triệu đồng",
        "Lê Thị Mai",
        "079183006614",
        "Hồ Chí Minh, ngày 12 tháng 7 năm 2023",
        "GIÁM ĐỐC",
    ),
)

DISTRICT_DECISION: Final = Made(
    "allowance_decision",
    {
        **INSURANCE_DECISION.row,
        "so_quyet_dinh": "3/QĐ-UBND-760",
        "so": 3,
        "noi": "760",
        "gioi_tinh": "Nữ",
        "ngay_sinh": "11/02/1950",
        "ngay_mat": "09/07/2023",
        "nhom": "social_protection",
        "so_tien": 7_200_000,
        "ngay_quyet_dinh": "12/07/2023",
        "quyet_dinh": f"{URI}QD:3:2023:UBND:760",
    },
    (
        "ỦY BAN NHÂN DÂN HỒ CHÍ MINH",
        "ỦY BAN NHÂN DÂN QUẬN 1",
        "3/QĐ-UBND-760",
        "Quận 1, ngày 12 tháng 7 năm 2023",
        "Về việc hỗ trợ chi phí mai táng",
        "Căn cứ Nghị định 20/2021/NĐ-CP, Điều 11",
        "đối với bà LÊ VĂN THÀNH",
        "7.200.000 đồng",
        "Bảy triệu hai trăm nghìn đồng",
        "TM. ỦY BAN NHÂN DÂN CHỦ TỊCH",
    ),
)

DIFFERENCE: Final = Made(
    "allowance_decision",
    {
        **DISTRICT_DECISION.row,
        "so_quyet_dinh": "3/QĐ-UBND-26740",
        "ngay_mat": "10/07/2026",
        "noi": "26740",
        "nhom": "emergency",
        "so_tien": 1_700_000,
        "da_huong": 25_300_000,
        "ngay_quyet_dinh": "21/08/2026",
        "quyet_dinh": f"{URI}QD:3:2026:UBND:26740",
    },
    (
        "ỦY BAN NHÂN DÂN THÀNH PHỐ HỒ CHÍ MINH",
        "ỦY BAN NHÂN DÂN PHƯỜNG SÀI GÒN",
        "3/QĐ-UBND-26740",
        "Mức hưởng cao nhất the higher sum: 27.000.000 đồng",
        "25.300.000 đồng",
        "1.700.000 đồng",
        "Một triệu bảy trăm nghìn đồng",
        "Căn cứ Nghị định 335/2026/NĐ-CP",
    ),
)

DEATH_EXTRACT: Final = Made(
    "death_extract",
    {
        "so_dinh_danh": "079050001873",
        "so": 7,
        "nam": 2023,
        "quyen": "01/2023",
        "trang": 7,
        "xa": "26740",
        "ngay_dang_ky": "10.07.2023",
        "gio_dang_ky": "13:00:05",
        "ho_ten": "Lê Văn Thành",
        "gioi_tinh": 1,
        "ngay_sinh": "11.02.1950",
        "ngay_mat": "09.07.2023",
        "gio_mat": "03:15",
        "noi_mat": "Bệnh viện Chợ Rẫy",
        "nguyen_nhan": "Suy tim",
        "so_gbt": "0B7K2.GBT.79024.23",
        "ma_co_so": "79024",
        "ho_ten_nyc": "Lê Thị Mai",
        "so_dinh_danh_nyc": "079183006614",
        "ma_don_vi": "H29.760.26740",
        "ma_ho_so": "H29.760.26740-230710-0001",
        "ma_lien_thong": DEATH,
        "trich_luc": f"{URI}KQ.G15.000034:26740:7/2023",
    },
    (
        "TRÍCH LỤC KHAI TỬ",
        "ỦY BAN NHÂN DÂN PHƯỜNG BẾN NGHÉ",
        "07/2023-TLKT",
        "LÊ VĂN THÀNH",
        "079050001873",
        "03 giờ 15 phút, ngày 09/07/2023",
        "Ngày chín tháng bảy năm hai nghìn không trăm hai mươi ba",
        "Bệnh viện Chợ Rẫy",
        "Suy tim",
        "0B7K2.GBT.79024.23",
        "Lê Thị Mai",
        "Ủy ban nhân dân Phường Bến Nghé, Quận 1, Hồ Chí Minh",
    ),
)

CT08_REMOVAL: Final = Made(
    "ct08_removal",
    {
        "so_dinh_danh": "079050001873",
        "so_ct08": "88/CT08-XT-26740",
        "so": 88,
        "nam": 2023,
        "xa": "26740",
        "ho_ten": "Lê Văn Thành",
        "gioi_tinh": 1,
        "ngay_sinh": "19500211",
        "ngay_mat": "20230709",
        "gio_mat": "03:15",
        "dia_chi": "Số 5, tổ dân phố 1, Phường Bến Nghé, Quận 1, Hồ Chí Minh",
        "ho_ten_nyc": "Lê Thị Mai",
        "so_dinh_danh_nyc": "079183006614",
        "ngay_xoa": "20230711",
        "gio_xoa": "09:00:00",
        "ma_lien_thong": DEATH,
        "ct08": f"{URI}CT08:2023:88/CT08-XT-26740",
    },
    (
        "Mẫu CT08",
        "CÔNG AN PHƯỜNG BẾN NGHÉ",
        "88/CT08-XT-26740",
        "LÊ VĂN THÀNH",
        "079050001873",
        "Số 5, tổ dân phố 1",
        "Lê Thị Mai",
        "Đã xóa đăng ký thường trú tại Phường Bến Nghé",
        "từ ngày 11 tháng 7 năm 2023, lý do: đã chết",
    ),
)

CT08_STAY: Final = Made(
    "ct08_stay",
    {
        "so_dinh_danh": "036303001245",
        "so_ct08": "5/CT08-TT-26740",
        "so": 5,
        "nam": 2023,
        "xa": "26740",
        "ho_ten": "Phạm Thu Trang",
        "gioi_tinh": 2,
        "ngay_sinh": "20030905",
        "dia_chi": "Số 9, tổ dân phố 2, Phường Bến Nghé, Quận 1, Hồ Chí Minh",
        "den_ngay": "20250630",
        "ho_ten_nyc": "Phạm Thu Trang",
        "so_dinh_danh_nyc": "036303001245",
        "ngay_tam_tru": "20230711",
        "gio_tam_tru": "09:00:00",
        "ma_lien_thong": STAY,
        "ct08": f"{URI}CT08:2023:5/CT08-TT-26740",
    },
    (
        "Mẫu CT08",
        "CÔNG AN PHƯỜNG BẾN NGHÉ",
        "5/CT08-TT-26740",
        "PHẠM THU TRANG",
        "036303001245",
        "Số 9, tổ dân phố 2",
        "Đã đăng ký tạm trú tại Phường Bến Nghé",
        "từ ngày 11 tháng 7 năm 2023 đến hết ngày 30 tháng 6 năm 2025",
    ),
)

MADE: Final = (
    BIRTH_CERTIFICATE,
    CT08,
    HEALTH_CARD,
    DEATH_EXTRACT,
    CT08_REMOVAL,
    CT08_STAY,
    INSURANCE_DECISION,
    DISTRICT_DECISION,
    DIFFERENCE,
)
