"""Leads an order through every way there is and keeps the event histories for the replay test."""

import sys

import pytest

if __name__ == "__main__":
    sys.exit(pytest.main(["tests/workflows/test_order_lives.py", "-k", "remembered", "--record"]))
