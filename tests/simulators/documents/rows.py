"""Rows of agencies' registers as they stand when a paper is made out."""

from typing import Any, Final, NamedTuple

from simulators.agencies.documents import URI, Paper

CASE: Final = "G22.99.08-230710-786800"


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
        "ct08": f"{URI}CT08:87/CT08-26740",
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

MADE: Final = (BIRTH_CERTIFICATE, CT08, HEALTH_CARD)
