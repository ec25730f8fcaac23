"""What stops the stack from starting, in one sentence for the person at the terminal."""


class CannotStart(Exception):
    """The message says what is wrong and what to do about it."""
