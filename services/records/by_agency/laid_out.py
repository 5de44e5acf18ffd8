"""The rows of a register to be asked: those of the view, or what is counted, in a table of its own."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date

from sqlalchemy import Connection

from services.records.registers import Register
from services.records.views import View
from shared.followers.database import temporary


@contextmanager
def laid_out(view: View, register: Register, committee: str, on: date) -> Iterator[Connection]:
    """A connection in which the table of the register has its rows as they read on a day."""
    if register.made is None:
        yield view.db
        return
    engine = temporary(register.table.metadata, [register.table])
    try:
        with engine.connect() as db:
            made = [{"committee": committee, **row} for row in register.made(view, committee, on)]
            if made:
                db.execute(register.table.insert(), made)
            yield db
    finally:
        engine.dispose()
