"""Python's search for unreachable objects, kept away from the program itself."""

import gc


def spare_what_is_loaded() -> None:
    """For a process that has loaded its modules. They stay until its end; to walk through them
    again and again took an eighth of the processor's time, and paused every request meanwhile."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(20_000, 10, 20)
