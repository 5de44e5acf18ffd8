"""A way between client and server that can lose the answers, or everything, without breaking a connection."""

import socket
import threading


class LossyProxy:
    """Passes bytes between a local port and the server; after `lose_answers` only towards the server."""

    def __init__(self, target_port: int) -> None:
        self._target = ("127.0.0.1", target_port)
        self._losing = threading.Event()
        self._lock = threading.Lock()
        self._sockets: list[socket.socket] = []
        self._swallowing = threading.Event()  # replaced for the connections that come later
        self._listener = socket.create_server(("127.0.0.1", 0))
        self.port: int = self._listener.getsockname()[1]
        threading.Thread(target=self._accept, daemon=True).start()

    @property
    def uri(self) -> str:
        return f"esdb://127.0.0.1:{self.port}?Tls=false"

    def lose_answers(self) -> None:
        self._losing.set()

    def recover(self) -> None:
        """Break every connection and pass answers again on new ones."""
        self._break_all()
        self._losing.clear()

    def swallow(self) -> None:
        """Leave the connections of now half open: nothing passes, and neither end is told. New ones work."""
        with self._lock:
            self._swallowing.set()
            self._swallowing = threading.Event()

    def close(self) -> None:
        self._listener.close()
        self._break_all()

    def _break_all(self) -> None:
        with self._lock:
            broken, self._sockets = self._sockets, []
        for end in broken:
            _shut(end)

    def _accept(self) -> None:
        while True:
            try:
                client, _ = self._listener.accept()
            except OSError:
                return
            server = socket.create_connection(self._target)
            with self._lock:
                self._sockets += [client, server]
                swallowing = self._swallowing
            for ends in ((client, server, False, swallowing), (server, client, True, swallowing)):
                threading.Thread(target=self._pass, args=ends, daemon=True).start()

    def _pass(
        self, source: socket.socket, sink: socket.socket, answers: bool, swallowing: threading.Event
    ) -> None:
        try:
            while data := source.recv(65536):
                if not (swallowing.is_set() or (answers and self._losing.is_set())):
                    sink.sendall(data)
        except OSError:
            pass
        finally:
            _shut(source)
            _shut(sink)


def _shut(end: socket.socket) -> None:
    try:
        end.shutdown(socket.SHUT_RDWR)
    except OSError:
        return  # the other side was first
