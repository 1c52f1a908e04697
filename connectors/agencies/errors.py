"""What can go wrong in a connector.

RuntimeFault
└── OutOfTurn   an input without what must come before it: dead letter, case to the manual queue
"""

from connectors.runtime.errors import RuntimeFault


class OutOfTurn(RuntimeFault):
    """An input that this system cannot answer, since what must come before it never came."""
