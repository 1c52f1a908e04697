"""The command line. It may import everything, and does so when a command needs it.

`app` lists the commands, each in a module of its own; `options` is what they share, `faults` says
which failure ends with which exit code. Roles start here too, so what is imported first is light.
"""

import sys

from hub.cli.environment import quiet_client, read_dotenv


def main() -> None:
    """Do what the arguments say, and end the process with the exit code of docs and README."""
    from hub.cli.app import app
    from hub.cli.faults import complain, explained

    try:
        read_dotenv()
        quiet_client()
        sys.exit(app(prog_name="lienthong", standalone_mode=False) or 0)
    except Exception as error:
        fault = explained(error)
        if fault is None:  # a defect: its traceback says more than any sentence
            raise
        if fault.en:
            complain(fault.vi, fault.en)
        sys.exit(fault.code)
