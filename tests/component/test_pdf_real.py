"""PDF by the LibreOffice of this machine, where there is one."""

import re
import shutil
from datetime import UTC, datetime

import pytest

from services.records.printed.linked import LinkedSheet
from services.records.printed.pdf import as_pdf


@pytest.mark.skipif(shutil.which("soffice") is None, reason="LibreOffice is not installed")
def test_the_same_a4_pages_twice_with_the_links_of_the_document() -> None:
    sheet = LinkedSheet()
    sheet.table(["Chỉ tiêu", "Số liệu"], [["Cuộc họp", "2"]], (100, 60))
    sheet.link(1, 1, "figure_a")
    sheet.place(sheet.add("heading", "Độc lập - Tự do - Hạnh phúc"), "figure_a")
    document = sheet.docx("x", "y", datetime(2026, 1, 5, tzinfo=UTC))
    first, second = (as_pdf(document) for _ in range(2))
    assert first == second
    assert re.search(rb"/MediaBox ?\[0 0 595[.0-9]* 84[12]", first)
    assert first.count(b"/Subtype/Link") == 1
