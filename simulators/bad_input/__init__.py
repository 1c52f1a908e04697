"""A corpus of bad input: what clients get wrong, each kind with what the hub must say of it.

Every kind bends a good event in one way, so that reason code and pointer follow from the kind and
not from the code that checks. `bytes` bends the payload's bytes, `values` single fields of it,
`attributes` headers and rights, `mixing` puts them at random places between good cases.
"""

from simulators.bad_input.corpus import KINDS, corpus
from simulators.bad_input.spoiled import Spoiled

__all__ = ["KINDS", "Spoiled", "corpus"]
