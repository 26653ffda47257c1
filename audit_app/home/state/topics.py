"""What is told of the installation: the things there are, and one line about one of them. Pure."""

from dataclasses import dataclass

WORKER, MAIL, LOG, DISK = "Background work", "E-mail", "History log", "Disk"
STORE, CERTIFICATE, CLOCK = "Evidence store", "Certificate", "Clock"
OF_THE_INSTALLATION = (WORKER, MAIL, LOG, DISK, STORE, CERTIFICATE, CLOCK)


@dataclass(frozen=True)
class State:
    """One thing about the installation, and whether somebody has to act."""

    about: str
    sentence: str
    trouble: bool = False
