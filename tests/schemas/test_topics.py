"""Topics and partitions: the address of every record."""

from collections import Counter
from zlib import crc32

import pytest
from hypothesis import given
from hypothesis import strategies as st

from schemas.systems import SYSTEMS
from schemas.topics import Topics, partition_of


def test_each_system_has_one_topic_in_and_one_out() -> None:
    """The topic is the identity, so no two systems share one."""
    topics = Topics()
    assert topics.inbox("portal") == "lt.in.portal"
    assert topics.outbox("portal") == "lt.out.portal"
    assert (topics.log, topics.dead_letters) == ("lt.log", "lt.dlq")
    assert len(set(topics.all())) == len(topics.all()) == 2 * len(SYSTEMS) + 2
    assert set(topics.inboxes()) <= set(topics.all())


def test_hubs_on_one_cluster_share_no_topic() -> None:
    """A province's hub stands beside the national one under another prefix."""
    assert not set(Topics().all()) & set(Topics(prefix="lgsp79").all())


@pytest.mark.parametrize(
    ("key", "partitions", "expected"),
    [
        ("123456789", 2**32, 0xCBF43926),  # the check value of CRC-32/ISO-HDLC
        ("G22.99.08-230710-000001", 4, crc32(b"G22.99.08-230710-000001") % 4),
        ("Nguyễn", 4, crc32("Nguyễn".encode()) % 4),
    ],
)
def test_the_partition_is_the_crc32_of_the_keys_utf8(
    key: str, partitions: int, expected: int
) -> None:
    """Any client in any language can compute where a case is."""
    assert partition_of(key, partitions) == expected


@given(key=st.text(st.characters(exclude_categories=["Cs"])), partitions=st.integers(1, 64))
def test_a_partition_is_always_one_that_exists(key: str, partitions: int) -> None:
    """Whatever the key, the number lies below the number of partitions."""
    assert 0 <= partition_of(key, partitions) < partitions


def test_cases_of_one_day_spread_over_the_partitions() -> None:
    """Consecutive case codes don't pile up in one partition."""
    codes = (f"G22.99.08-230710-{number:06}" for number in range(4000))
    counts = Counter(partition_of(code, 4) for code in codes)
    assert all(800 < count < 1200 for count in counts.values())
