"""Reading what aiokafka would stumble over for ever: header names that are not UTF-8.

Kafka takes any bytes as a header's name. aiokafka 0.14 raises on a name that is not UTF-8, and
raises again at every later poll, because it never gets past that record. `install` puts a reader
into its fetcher that shows such bytes as `\\xff` instead, so that the record comes out as others
do and can be refused with a reason.
"""

import logging
import struct
from collections.abc import Iterator
from typing import Any, SupportsIndex, overload

from aiokafka.consumer import fetcher
from aiokafka.record.default_records import _DefaultRecordBatchPy
from aiokafka.record.memory_records import MemoryRecords

_LENGTH = struct.Struct(">8xi")
_BEFORE_LENGTH_ENDS = _LENGTH.size
_log = logging.getLogger(__name__)


def install() -> None:
    """Let every consumer of this process read in this way."""
    fetcher.MemoryRecords = TolerantRecords


class TolerantRecords:
    """The batches of one partition in a fetch's answer, as aiokafka's `MemoryRecords` gives them.

    The tolerant way is only taken for a batch that needs it, from the record that does.
    """

    def __init__(self, data: bytes) -> None:
        self._data = data
        self._records = MemoryRecords(data)
        self._at = 0
        self.has_next = self._records.has_next
        self.size_in_bytes = self._records.size_in_bytes

    def next_batch(self) -> "TolerantBatch":
        """The next batch, which has not been read yet."""
        start = self._at
        self._at += _BEFORE_LENGTH_ENDS + _LENGTH.unpack_from(self._data, start)[0]
        return TolerantBatch(self._records.next_batch(), memoryview(self._data)[start : self._at])


class TolerantBatch:
    """A batch whose records can all be read; its facts are those of aiokafka's own."""

    def __init__(self, batch: Any, data: memoryview) -> None:
        self._batch = batch
        self._data = data

    def __getattr__(self, name: str) -> Any:
        return getattr(self._batch, name)

    def __iter__(self) -> Iterator[Any]:
        read = 0
        try:
            for record in self._batch:
                yield record
                read += 1
        except UnicodeDecodeError as error:
            _log.warning(
                "kafka.header_name_not_utf8 name=%r first_offset=%d",
                error.object,
                self._batch.base_offset,
            )
            yield from self._tolerant()[read:]

    def _tolerant(self) -> list[Any]:
        batch = _DefaultRecordBatchPy(self._data)
        batch._maybe_uncompress()
        batch._buffer = _Text(batch._buffer)
        return list(batch)


class _Text(bytearray):
    """Bytes whose slices can be decoded whatever they hold."""

    @overload
    def __getitem__(self, place: SupportsIndex) -> int: ...
    @overload
    def __getitem__(self, place: slice) -> "_Text": ...
    def __getitem__(self, place: Any) -> Any:
        part = super().__getitem__(place)
        return part if isinstance(part, int) else _Text(part)

    def decode(self, encoding: str = "utf-8", errors: str = "backslashreplace") -> str:
        return super().decode(encoding, errors)
