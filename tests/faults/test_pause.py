"""SIGSTOP: the server keeps its connections and answers nothing, then goes on as if nothing had been."""

import pytest

from tests.contract.store.stores import EmbeddedServer, own_server
from tests.faults.conftest import SILENCE, Say
from tests.faults.silence import through_silence

__all__ = ["own_server"]  # a fixture


@pytest.mark.timeout(300 + SILENCE)
def test_a_server_that_is_stopped_for_a_while(own_server: EmbeddedServer, say: Say) -> None:
    through_silence(own_server, own_server.pause, own_server.go_on, SILENCE, say)
