"""The options that commands share; what has an environment variable can stand in `.env` as well."""

from datetime import datetime
from typing import Annotated, Literal

import typer

from hub.cli.bounds import checked_prefix, checked_speed, checked_start

SPEED = 20_000.0
"""Simulated seconds a real second: a smooth birth, a day's work and a night, takes about 4 s."""
OPENING = "2023-07-10"

Broker = Annotated[
    str,
    typer.Option(
        metavar="embedded|kafka|HOST:PORT",
        envvar="LIENTHONG_BROKER",
        help="A broker in memory, Apache Kafka (with Java and Maven), each for this run, or "
        "any Kafka that is there. "
        "· Broker trong bộ nhớ, Apache Kafka (cần Java và Maven) cho riêng lượt chạy "
        "này, hoặc một Kafka có sẵn.",
    ),
]
Seed = Annotated[
    int,
    typer.Option(
        envvar="LIENTHONG_SEED",
        help="Same seed, same people, outcomes and codes. "
        "· Cùng seed thì cùng người dân, kết quả và mã hồ sơ.",
    ),
]
Speed = Annotated[
    float,
    typer.Option(
        envvar="LIENTHONG_SPEED",
        callback=checked_speed,
        help="Simulated seconds in each real second. · Số giây mô phỏng trong mỗi giây thực.",
    ),
]
OwnSpeed = Annotated[
    float | None,
    typer.Option(
        envvar="LIENTHONG_SPEED",
        callback=checked_speed,
        help="Simulated seconds in each real second; without it as many as make the slowest case "
        "take some six seconds. "
        "· Số giây mô phỏng trong mỗi giây thực; nếu không cho, hồ sơ chậm nhất mất khoảng sáu "
        "giây.",
    ),
]
Start = Annotated[
    datetime,
    typer.Option(
        formats=["%Y-%m-%d"],
        metavar="DATE",
        envvar="LIENTHONG_START",
        callback=checked_start,
        help="The simulated day on which the run starts, and with it the rules of that day. "
        "· Ngày mô phỏng mà lượt chạy bắt đầu, cùng các quy định của ngày đó.",
    ),
]
Sequence = Annotated[
    Literal["parallel", "strict"],
    typer.Option(
        help="strict: a child's cards wait until the residence has ended. "
        "· strict: thẻ BHYT, thẻ căn cước chờ đến khi thủ tục thường trú kết thúc."
    ),
]
PersonalIdProvince = Annotated[
    Literal["successor", "former"],
    typer.Option(
        envvar="LIENTHONG_PERSONAL_ID_PROVINCE",
        help="Since the mergers of 1/7/2025 a personal ID begins with the code of the province of "
        "today, or of the one in which the commune lay in 2023; no source settles it. "
        "· Từ khi sáp nhập 1/7/2025, số định danh bắt đầu bằng mã tỉnh hiện nay (successor) hoặc "
        "mã tỉnh của xã đó năm 2023 (former); chưa có nguồn nào quy định.",
    ),
]
VerifyLateBirths = Annotated[
    bool,
    typer.Option(
        "--verify-late-births",
        envvar="LIENTHONG_VERIFY_LATE_BIRTHS",
        help="A birth that is filed after 60 days needs verification: 5 working days in place of "
        "3; no source says whether it does. "
        "· Khai sinh nộp sau 60 ngày phải xác minh: 5 ngày làm việc thay vì 3; chưa có nguồn nào "
        "quy định.",
    ),
]
DraftCertificates = Annotated[
    bool,
    typer.Option(
        "--draft-certificates",
        envvar="LIENTHONG_DRAFT_CERTIFICATES",
        help="Civil status sends the requester a draft of the birth certificate to check, for a "
        "day; no answer is agreement. "
        "· Hộ tịch gửi người yêu cầu bản điện tử giấy khai sinh để kiểm tra trong một ngày; không "
        "trả lời là đồng ý.",
    ),
]
Partitions = Annotated[
    int, typer.Option(min=1, max=64, help="Partitions of each topic. · Số phân vùng của mỗi topic.")
]
Prefix = Annotated[
    str,
    typer.Option(
        envvar="LIENTHONG_PREFIX",
        callback=checked_prefix,
        help="Topics are PREFIX.in.SYSTEM, PREFIX.out.SYSTEM. "
        "· Tên các topic: PREFIX.in.SYSTEM, PREFIX.out.SYSTEM.",
    ),
]
Agencies = Annotated[
    Literal["in-process", "http", "http-exact"],
    typer.Option(
        envvar="LIENTHONG_AGENCIES",
        help="http: the agencies are a process of their own, which connectors call over "
        "HTTP, in batches; http-exact: civil status with the real system's messages, "
        "one request each, and a simulated province between DVCLT, one-stops and portal. "
        "· http: các cơ quan là một tiến trình riêng, connector gọi qua HTTP theo lô; "
        "http-exact: hộ tịch dùng thông điệp của hệ thống thật, mỗi lần một yêu cầu, và một "
        "tỉnh mô phỏng đứng giữa DVCLT, một cửa và Cổng Dịch vụ công quốc gia.",
    ),
]
Documents = Annotated[
    Literal["pdf", "digest"],
    typer.Option(
        envvar="LIENTHONG_DOCUMENTS",
        help="pdf: agencies make out files; digest: only the hashes of what would stand on "
        "them. "
        "· pdf: các cơ quan lập tệp; digest: chỉ có mã băm của nội dung giấy tờ.",
    ),
]
Deaths = Annotated[
    float | None,
    typer.Option(
        min=0,
        max=1,
        help="Of cases, those about a death; without it a third, as in the country. "
        "· Tỷ lệ hồ sơ khai tử; mặc định một phần ba, như trong cả nước.",
    ),
]
Elastic = Annotated[
    bool,
    typer.Option(
        "--elastic",
        envvar="LIENTHONG_ELASTIC",
        help="Consumer groups give out the partitions, so that workers come and go: Apache "
        "Kafka. "
        "· Consumer group tự chia phân vùng nên tiến trình có thể thêm bớt: cần Apache "
        "Kafka.",
    ),
]
Routers = Annotated[
    int, typer.Option(min=1, max=64, help="Router processes. · Số tiến trình định tuyến.")
]
Run = Annotated[
    str | None,
    typer.Option(
        "--run",
        metavar="ID|PATH",
        help="Which run; by default the newest that is no scenario. "
        "· Lượt chạy nào; mặc định là lượt mới nhất, không kể tình huống.",
    ),
]
Json = Annotated[bool, typer.Option("--json", help="Print JSON on stdout. · Xuất JSON ra stdout.")]
Listen = Annotated[
    str,
    typer.Option(
        metavar="HOST:PORT",
        help="Where to answer; port 0 is any free one. "
        "· Địa chỉ phục vụ; cổng 0 là cổng trống bất kỳ.",
    ),
]
Limit = Annotated[
    int, typer.Option(min=1, help="Show at most so many. · Hiện tối đa bấy nhiêu mục.")
]
