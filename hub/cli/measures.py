"""What the benchmarks' measures are called on the screen; JSON has their names alone."""

from collections.abc import Iterator, Mapping
from typing import Any, Final

from hub.cli.telling import both

PHASES: Final[dict[str, tuple[str, str]]] = {
    "write": ("ghi sự kiện", "write"),
    "route": ("định tuyến", "route"),
    "read": ("đọc lại", "read back"),
}
"""What the router's benchmark does, one after the other."""
CASES: Final = ("đã nộp", "submitted"), ("đã kết thúc", "ended")
"""What the benchmark of whole cases counts while it goes on."""
MEASURES: Final[dict[str, tuple[str, str]]] = {
    "run": ("lượt chạy", "the run"),
    "valid": ("kết quả đo có giá trị: mọi thứ đều đúng", "everything came out right"),
    "cases": ("số hồ sơ", "cases"),
    "seed": ("seed của dữ liệu mô phỏng", "seed of people and outcomes"),
    "engine": ("loại broker", "kind of broker"),
    "verified": ("hồ sơ đã đối soát đúng", "cases ended and verified"),
    "lost": ("thất lạc", "findings of what is lost"),
    "duplicated": ("trùng lặp", "findings of what is doubled"),
    "mismatched": ("sai lệch", "findings of what differs"),
    "open": ("hồ sơ chưa kết thúc", "cases that have not ended"),
    "seconds": ("số giây đo", "seconds measured"),
    "cases_per_s": ("hồ sơ mỗi giây", "cases a second"),
    "events_per_case": ("sự kiện mỗi hồ sơ", "events a case"),
    "deliveries_per_case": ("lượt giao mỗi hồ sơ", "deliveries a case"),
    "load": (
        "hồ sơ nộp mỗi giây; max: nhanh nhất có thể",
        "cases handed in a second; max: as fast as it goes",
    ),
    "ended_by_deadline": ("hồ sơ kết thúc do hết hạn", "cases that a deadline ended"),
    "latency_ms": ("mili giây từ lúc nộp đến khi kết thúc", "ms from submission to end"),
    "peak_rss_mb": ("bộ nhớ cao nhất, MiB", "peak memory, MiB"),
    "mix": ("tỷ lệ các loại hồ sơ", "mix of cases"),
    "services_asked": ("số thủ tục mỗi hồ sơ yêu cầu", "services that cases asked for"),
    "settings": ("thiết lập", "settings"),
    "events": ("số sự kiện", "events"),
    "accepted": ("sự kiện được chấp nhận", "events accepted"),
    "rejected": ("sự kiện bị từ chối", "events rejected"),
    "delivered": ("lượt giao", "records delivered"),
    "events_per_s": ("sự kiện mỗi giây", "events a second"),
    "cpu_us_per_event": ("micro giây CPU mỗi sự kiện", "CPU microseconds an event"),
    "fan_out": ("số nơi nhận mỗi sự kiện", "receivers an event"),
    "cut_share": ("tỷ lệ sự kiện bị cắt trường", "share of events cut for a receiver"),
    "types": ("số sự kiện theo loại", "events by type"),
    "payload_bytes_mean": ("cỡ nội dung trung bình, byte", "mean payload, bytes"),
    "distinct_payloads": ("số nội dung khác nhau", "distinct payloads"),
    "batches": ("số lô", "batches"),
    "chains": ("số hồ sơ theo nhóm", "cases by what they are about"),
    "finished_in_time": ("mọi hồ sơ kết thúc kịp thời", "all cases ended in time"),
    "at_rest": ("không còn gì đang xử lý", "nothing was left under way"),
    "bad": ("bản ghi sai mỗi loại đã trộn vào", "bad inputs of every kind, mixed in"),
    "inputs": ("bản ghi vào", "inputs"),
    "routed": ("bản ghi đã chuyển tiếp", "inputs routed"),
    "absorbed": ("bản ghi lặp lại đã bỏ qua", "repetitions absorbed"),
    "dead_lettered": ("bản ghi bị loại", "inputs dead-lettered"),
    "reasons": ("lý do loại", "why they were dead-lettered"),
    "account_faults": ("sai lệch khi kiểm đếm bản ghi", "faults in the account of inputs"),
}
"""By their names in the report."""


def lines(report: Mapping[str, Any]) -> Iterator[str]:
    """A line a measure: its name, its value, and what it is, as markup."""
    from rich.markup import escape

    for name, value in report.items():
        said = MEASURES.get(name, (name, name))
        yield f"{name:<22} {escape(_readable(value))}  {both(*said)}"


def _readable(value: Any) -> str:
    if isinstance(value, dict):
        return ", ".join(f"{name} {part}" for name, part in value.items())
    return str(value)
