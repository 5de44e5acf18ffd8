"""Certificates for a test, made by openssl: two authorities, and what one of them signed."""

import shutil
import subprocess
from pathlib import Path

import pytest

from tests.contract.store.stores import PATIENCE

_CURVE = ["-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes"]


class Papers:
    """`ca` signed `server` (127.0.0.1 and localhost), `elsewhere` (another host), `expired` and `client`."""

    def __init__(self, folder: Path) -> None:
        if shutil.which("openssl") is None:
            pytest.skip("TLS NOT TESTED: openssl is not installed")
        self._folder = folder
        for authority in ("ca", "other_ca"):
            self._run("req", "-x509", *_CURVE, "-subj", f"/CN={authority}", *self._files(authority))
        here = "IP:127.0.0.1,DNS:localhost"
        self._sign("server", here)
        self._sign("elsewhere", "DNS:elsewhere.example")
        self._sign("expired", here, days=-1)
        self._sign("client", "DNS:client.example")

    def certificate(self, name: str) -> Path:
        return self._folder / f"{name}.crt"

    def key(self, name: str) -> Path:
        return self._folder / f"{name}.key"

    def pair(self, name: str) -> tuple[bytes, bytes]:
        """Key and certificate, as `grpc.ssl_server_credentials` takes them."""
        return self.key(name).read_bytes(), self.certificate(name).read_bytes()

    def _files(self, name: str) -> list[str]:
        return ["-keyout", str(self.key(name)), "-out", str(self.certificate(name))]

    def _sign(self, name: str, hosts: str, days: int = 2) -> None:
        request, extensions = self._folder / f"{name}.csr", self._folder / f"{name}.ext"
        extensions.write_text(f"subjectAltName={hosts}")
        self._run(
            "req", *_CURVE, "-subj", f"/CN={name}", "-keyout", str(self.key(name)), "-out", str(request)
        )
        by = ["-CA", str(self.certificate("ca")), "-CAkey", str(self.key("ca")), "-CAcreateserial"]
        what = ["-in", str(request), "-extfile", str(extensions), "-days", str(days)]
        self._run("x509", "-req", *what, *by, "-out", str(self.certificate(name)))

    def _run(self, *arguments: str) -> None:
        subprocess.run(["openssl", *arguments], check=True, capture_output=True, timeout=PATIENCE)
