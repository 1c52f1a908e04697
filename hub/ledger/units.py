"""Which province deals with a case: since 1 July 2025 the one that an old one became part of.

Source: Resolution 202/2025/QH15; codes of the General Statistics Office.
"""

from datetime import date

MERGED_ON = date(2025, 7, 1)
SUCCESSORS = {
    "02": "08",
    "06": "19",
    "10": "15",
    "17": "25",
    "26": "25",
    "27": "24",
    "30": "31",
    "34": "33",
    "35": "37",
    "36": "37",
    "45": "44",
    "49": "48",
    "54": "66",
    "58": "56",
    "60": "68",
    "62": "51",
    "64": "52",
    "67": "68",
    "70": "75",
    "72": "80",
    "74": "79",
    "77": "79",
    "83": "86",
    "84": "86",
    "87": "82",
    "89": "91",
    "93": "92",
    "94": "92",
    "95": "96",
}
"""The 29 codes that ended, by the one that went on; the other 34 stay what they were."""


def province_on(code: str, day: date) -> str:
    """The province that a province's cases belong to on a day."""
    return SUCCESSORS.get(code, code) if day >= MERGED_ON else code
