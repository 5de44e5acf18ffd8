"""`python -m shared.eventstore.embedded.add_user FILE NAME`: add a user, or change a password."""

import argparse
import getpass
import sys
from pathlib import Path

from shared.eventstore.embedded.node.users import set_user
from shared.eventstore.embedded.options import OptionsError


def main() -> int:
    """Ask for the password twice, or read one line where stdin is no terminal; 0 when it is written."""
    parser = argparse.ArgumentParser(prog="shared.eventstore.embedded.add_user", description=__doc__)
    parser.add_argument("file", type=Path, help="the file that the server is given as --users")
    parser.add_argument("name", help="the user; one who is there gets the new password")
    arguments = parser.parse_args()
    try:
        set_user(arguments.file, arguments.name, _password())
    except OptionsError as error:
        sys.stderr.write(f"error: {error}\n")
        return 1
    sys.stdout.write(f"{arguments.name} may call when the server is started again\n")
    return 0


def _password() -> str:
    if not sys.stdin.isatty():
        return sys.stdin.readline().rstrip("\r\n")  # as a client reads it from a file
    password = getpass.getpass("password: ")
    if getpass.getpass("once more: ") != password:
        raise OptionsError("the two passwords differ")
    return password


if __name__ == "__main__":
    sys.exit(main())
