"""Starts a command that dies with its parent: tether.py PARENT SIGNAL USER COMMAND...

Runs as a script of its own, on the standard library alone, and becomes the command (same PID).
"""

import ctypes
import os
import pwd
import sys

PR_SET_PDEATHSIG = 1
PR_SET_SECUREBITS = 28
SECBIT_NO_SETUID_FIXUP = 1 << 2
PR_CAP_AMBIENT = 47
PR_CAP_AMBIENT_RAISE = 2
CAPABILITY_VERSION_3 = 0x20080522
DAC_CAPABILITIES = (2, 1)  # CAP_DAC_READ_SEARCH is enough; containers often have only the wider one


def main() -> None:
    parent, signal_number, user, *command = sys.argv[1:]
    libc = ctypes.CDLL(None, use_errno=True) if sys.platform == "linux" else None
    if user:
        become(user, libc)
    if libc:
        libc.prctl(PR_SET_PDEATHSIG, int(signal_number))
    if os.getppid() != int(parent):  # it died before we were tied to it
        sys.exit(1)
    os.execv(command[0], command)


def become(user: str, libc: ctypes.CDLL | None) -> None:
    account = pwd.getpwnam(user)
    if libc:  # capabilities outlive the change of user, and access(2) heeds them afterwards
        libc.prctl(PR_SET_SECUREBITS, SECBIT_NO_SETUID_FIXUP)
    os.setgroups([])
    os.setgid(account.pw_gid)
    os.setuid(account.pw_uid)
    if libc:
        keep_the_way_open(libc)


def keep_the_way_open(libc: ctypes.CDLL) -> None:
    """Lets the new user pass through folders of root that are closed to others, such as /root.

    Of all the rights of root only this one survives; where the kernel grants none, the command
    starts without it and says itself what it could not open.
    """
    header = (ctypes.c_uint32 * 2)(CAPABILITY_VERSION_3, 0)
    sets = (ctypes.c_uint32 * 6)()  # effective, permitted, inheritable; then their upper halves
    libc.capget(header, sets)
    kept = next((each for each in DAC_CAPABILITIES if sets[1] & 1 << each), None)
    mask = 0 if kept is None else 1 << kept
    libc.capset(header, (ctypes.c_uint32 * 6)(mask, mask, mask, 0, 0, 0))
    if kept is not None:
        libc.prctl(PR_CAP_AMBIENT, PR_CAP_AMBIENT_RAISE, kept, 0, 0)


if __name__ == "__main__":
    main()
