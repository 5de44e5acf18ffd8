"""Search in Vietnamese: words with or without marks, capitals alike, the same on SQLite and on PostgreSQL.

A word without marks finds all that it may stand for (`chuyen doi so` finds "Chuyển đổi số"; đ is d with a
mark); a word with marks finds only itself. The rows are not doubled by a column of folded text: it would have
to be kept by every projection, and folding while a register is read costs less than reading its rows.
PostgreSQL folds by what it has built in, without an extension; SQLite is lent a function.
"""

import re
from typing import Any, Final
from unicodedata import normalize

from sqlalchemy import ColumnElement, Connection, String, Table, and_, func, literal
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.sql.functions import FunctionElement

NOT_SEARCHED: Final = frozenset({"committee", "event", "event_id", "recorded", "source", "digest"})
"""Columns of text that say where a row comes from: the name of the committee stands in every one of them."""
_MARKS: Final = re.compile("[\u0300-\u036f]")
_CAPITALS: Final = str.maketrans("ABCDEFGHIJKLMNOPQRSTUVWXYZĐ", "abcdefghijklmnopqrstuvwxyzđ")


def small(text: str) -> str:
    """In small letters, marks kept; NFC. Letters are those of Vietnamese and of ASCII."""
    return normalize("NFC", normalize("NFD", text).translate(_CAPITALS))


def plain(text: str) -> str:
    """In small letters without marks; đ is d."""
    bare = normalize("NFD", text).translate(_CAPITALS).replace("đ", "d")
    return bare if bare.isascii() else _MARKS.sub("", bare)


class Small(FunctionElement[str]):
    """`small` of a text in the database."""

    name, type, inherit_cache = "bcd_small", String(), True


class Plain(FunctionElement[str]):
    """`plain` of a text in the database."""

    name, type, inherit_cache = "bcd_plain", String(), True


@compiles(Small, "postgresql")
def _small(element: Small, compiler: Any, **options: Any) -> str:
    return f"normalize({_decomposed(element, compiler, options)}, NFC)"


@compiles(Plain, "postgresql")
def _plain(element: Plain, compiler: Any, **options: Any) -> str:
    bare = f"replace({_decomposed(element, compiler, options)}, 'đ', 'd')"
    return rf"regexp_replace({bare}, '[\u0300-\u036f]', '', 'g')"


@compiles(Small, "sqlite")
@compiles(Plain, "sqlite")
def _lent(element: FunctionElement[str], compiler: Any, **options: Any) -> str:
    return f"{element.name}({compiler.process(element.clauses, **options)})"


def _decomposed(element: FunctionElement[str], compiler: Any, options: Any) -> str:
    """Decomposed, all letters that have capitals here are ASCII or Đ, whatever language a server speaks."""
    text = compiler.process(element.clauses, **options)
    return f"""replace(lower(normalize({text}, NFD) COLLATE "C"), 'Đ', 'đ')"""


def lend(db: Connection) -> None:
    """Make the functions known to this connection, where it is one of SQLite."""
    if db.dialect.name == "sqlite":
        connection: Any = db.connection.dbapi_connection
        for function, name in ((small, Small.name), (plain, Plain.name)):
            connection.create_function(name, 1, lambda text, f=function: text and f(text), deterministic=True)


def finds(table: Table, words: str) -> ColumnElement[bool]:
    """Rows in whose texts every one of these words occurs, each in any column."""
    columns = [one for one in table.c if isinstance(one.type, String) and one.name not in NOT_SEARCHED]
    text: ColumnElement[str] = literal("")
    for column in columns:
        text = text.concat(func.coalesce(column, "")).concat("\n")
    return and_(*(_occurs(word, text) for word in small(words).split()))


def _occurs(word: str, text: ColumnElement[str]) -> ColumnElement[bool]:
    marked = plain(word) != word
    folded = Small(text) if marked else Plain(text)
    return folded.contains(word, autoescape=True)
