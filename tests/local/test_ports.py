"""Ports: seven in a row, claimed or refused with a sentence."""

import socket

import pytest

from local.errors import CannotStart
from local.ports import Ports, answers, claim, free_port, is_taken, refuse_taken


def test_the_seven_ports_follow_each_other() -> None:
    ports = Ports(8000)
    assert (ports.simulators, ports.mail_pages, ports.smtp) == (8001, 8002, 8003)
    assert (ports.temporal, ports.temporal_pages, ports.postgres) == (8004, 8005, 8006)


def test_a_claimed_port_is_taken_until_it_is_given_back() -> None:
    port = free_port()
    assert not is_taken(port)
    with claim("127.0.0.1", port):
        assert is_taken(port)
    assert not is_taken(port)


def test_a_taken_port_is_refused_with_what_to_do() -> None:
    port = free_port()
    with socket.create_server(("127.0.0.1", port)):
        with pytest.raises(CannotStart) as refused:
            refuse_taken({"mail (SMTP)": port})
        with pytest.raises(CannotStart) as claimed:
            claim("127.0.0.1", port)
    assert str(refused.value) == (
        f"Port {port} is not free for mail (SMTP) (Address already in use): stop the program that "
        "uses it, or choose seven other ports by their first, for example BACKOFFICE_PORT=8100."
    )
    assert str(claimed.value).startswith(f"Port {port} is not free for the API on 127.0.0.1 (")


def test_a_port_answers_only_while_a_server_accepts() -> None:
    port = free_port()
    assert not answers(port)
    with socket.create_server(("127.0.0.1", port)):
        assert answers(port)
    assert not answers(port)
