"""`make docs`: writes every generated document, and says which one changed."""

import sys

from shared.catalogue import both
from tests.documents.shelf import DOCUMENTS


def main() -> None:
    for document in DOCUMENTS:
        outcome = "document.written" if document.write() else "document.unchanged"
        sys.stdout.write(f"{document.path}: {both(outcome)}\n")


if __name__ == "__main__":
    main()
