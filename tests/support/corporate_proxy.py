"""A proxy that opens what goes through it, with certificates of its own authority, and hands it to the local workspace."""

from __future__ import annotations

import re
import socket
import ssl
import threading
from contextlib import closing, suppress
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Final

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec

from tests.support.local_slack import APP_TOKEN, BOT_TOKEN

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

REAL_LOOKING: Final = {"SLACK_BOT_TOKEN": "xoxb-1234567890-somebody", "SLACK_APP_TOKEN": "xapp-1-1234567890-somebody"}
TOKENS: Final = dict(zip(REAL_LOOKING.values(), (BOT_TOKEN, APP_TOKEN), strict=True))
HOSTS: Final = ("slack.com", "www.slack.com", "wss1.slack.com")
BUFFER: Final = 1 << 16


class CorporateProxy:
    """Listens on this machine until it is closed; `asked` holds the places that somebody wanted to reach."""

    def __init__(self, folder: Path, workspace_port: int) -> None:
        self.authority = folder / "authority.pem"
        self.asked: list[str] = []
        self._port = workspace_port
        self._tls = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        self._tls.load_cert_chain(_write_certificates(folder, self.authority))
        self._door = socket.create_server(("127.0.0.1", 0))
        self.address = f"http://127.0.0.1:{self._door.getsockname()[1]}"
        threading.Thread(target=self._let_in, daemon=True).start()

    def close(self) -> None:
        self._door.close()

    def _let_in(self) -> None:
        with suppress(OSError):  # it has been closed
            while True:
                visitor, _ = self._door.accept()
                threading.Thread(target=self._serve, args=(visitor,), daemon=True).start()

    def _serve(self, visitor: socket.socket) -> None:
        with suppress(OSError), closing(visitor):
            asked = visitor.recv(BUFFER).decode()
            self.asked.append(asked.split()[1])
            visitor.sendall(b"HTTP/1.1 200 OK\r\n\r\n")
            with (
                self._tls.wrap_socket(visitor, server_side=True) as inside,
                socket.create_connection(("127.0.0.1", self._port)) as workspace,
            ):
                threading.Thread(target=_pass_on, args=(workspace, inside, self._outwards), daemon=True).start()
                _pass_on(inside, workspace, self._inwards)

    def _inwards(self, data: bytes) -> bytes:
        for real, local in TOKENS.items():
            data = data.replace(real.encode(), local.encode())
        return re.sub(rb"(?i)\r\nhost: [^\r]*", b"\r\nHost: 127.0.0.1:%d" % self._port, data)

    def _outwards(self, data: bytes) -> bytes:
        """An answer, in which an address of Slack's stands for the local workspace's; it is as long, so that the answer's length holds."""
        return data.replace(b"ws://127.0.0.1:%d/" % self._port, b"wss://wss1.slack.com/")


def _pass_on(source: socket.socket, sink: socket.socket, change: Callable[[bytes], bytes]) -> None:
    with suppress(OSError):
        while data := source.recv(BUFFER):
            sink.sendall(change(data))
    with suppress(OSError):
        sink.shutdown(socket.SHUT_RDWR)


def _write_certificates(folder: Path, authority: Path) -> Path:
    """The authority's own certificate, and the file with the key and the certificate of the server."""
    now, root, key = datetime.now(UTC), ec.generate_private_key(ec.SECP256R1()), ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, "Kommunens proxy")])
    basic = x509.CertificateBuilder().issuer_name(name).not_valid_before(now - timedelta(days=1)).not_valid_after(now + timedelta(days=1))
    of_root = basic.subject_name(name).public_key(root.public_key()).serial_number(1)
    of_root = of_root.add_extension(x509.BasicConstraints(ca=True, path_length=0), critical=True)
    authority.write_bytes(of_root.sign(root, hashes.SHA256()).public_bytes(serialization.Encoding.PEM))
    names = x509.SubjectAlternativeName([x509.DNSName(host) for host in HOSTS])
    of_server = basic.subject_name(x509.Name([])).public_key(key.public_key()).serial_number(2).add_extension(names, critical=True)
    clear = (serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
    server = folder / "server.pem"
    server.write_bytes(key.private_bytes(*clear) + of_server.sign(root, hashes.SHA256()).public_bytes(serialization.Encoding.PEM))
    return server
