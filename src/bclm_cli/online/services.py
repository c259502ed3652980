"""The services that can be asked: their addresses, their rates, and how we introduce ourselves."""

from __future__ import annotations

import os
import re
from typing import NamedTuple
from urllib.parse import urlsplit

from bclm_cli import __version__
from bclm_cli.errors import ServiceError, UsageError
from bclm_cli.suggest import quoted

_EMAIL = re.compile(r"[^\s@<>()\"]+@[^\s@<>()\"]+\.[^\s@<>()\"]+")
_API_KEY = re.compile(r"[A-Za-z0-9_-]{1,128}", re.ASCII)


class Service(NamedTuple):
    """One service; `single` and `listed` are the requests a second that it allows for one record
    and for lists of records, as long as its answers name no other rate."""

    name: str
    base: str
    single: float
    listed: float
    params: tuple[tuple[str, str], ...] = ()
    """What belongs in every request: who asks."""


def crossref() -> Service:
    """Crossref's REST interface; the rates are those of its public and its polite pool."""
    who = email()
    rates = (10.0, 3.0) if who else (5.0, 1.0)
    params = (("mailto", who),) if who else ()
    return Service(
        "Crossref", _base("BCLM_CROSSREF_URL", "https://api.crossref.org"), *rates, params
    )


def pubmed() -> Service:
    """NCBI's E-utilities; an API key raises their rate from 3 to 10 requests a second."""
    base = _base("BCLM_PUBMED_URL", "https://eutils.ncbi.nlm.nih.gov/entrez/eutils")
    key = api_key()
    rate = 10.0 if key else 3.0
    more = (("api_key", key),) if key else ()
    return Service("PubMed", base, rate, rate, (*_ncbi(), *more))


def id_converter() -> Service:
    """NCBI's converter of PMCIDs, PMIDs and DOIs, which knows the papers in PMC."""
    base = _base("BCLM_IDCONV_URL", "https://pmc.ncbi.nlm.nih.gov/tools/idconv/api/v1/articles/")
    return Service("NCBI ID converter", base, 3.0, 3.0, _ncbi())


def doi_org() -> Service:
    """The resolver of all DOIs. It names no rate; this is Crossref's for strangers."""
    return Service("doi.org", _base("BCLM_DOI_URL", "https://doi.org"), 5.0, 5.0)


def email() -> str:
    """The address of BCLM_EMAIL, by which the services can reach who asks; "" if it is not set."""
    found = os.environ.get("BCLM_EMAIL", "").strip()
    if found and not (found.isascii() and _EMAIL.fullmatch(found)):
        raise UsageError(f"BCLM_EMAIL is {quoted(found)}, which is no e-mail address", "unset it")
    return found


def api_key() -> str:
    """The key of NCBI_API_KEY, "" if it is not set."""
    found = os.environ.get("NCBI_API_KEY", "").strip()
    if found and not _API_KEY.fullmatch(found):
        raise UsageError("NCBI_API_KEY holds characters that no key has", "unset it")
    return found


def user_agent() -> str:
    """What the program calls itself, with the address where it can be complained about."""
    who = email()
    return f"bclm/{__version__}" + (f" (mailto:{who})" if who else "")


def check_allowed() -> None:
    """Raise ServiceError if BCLM_OFFLINE forbids the network."""
    if os.environ.get("BCLM_OFFLINE", "0") not in ("", "0"):
        raise ServiceError("BCLM_OFFLINE forbids the network", "unset it to ask the services")


def _ncbi() -> tuple[tuple[str, str], ...]:
    who = email()
    return (("tool", "bclm"), *((("email", who),) if who else ()))


def _base(variable: str, default: str) -> str:
    given = os.environ.get(variable, "").strip()
    if not given:
        return default
    try:
        parts = urlsplit(given)
        good = parts.scheme in ("http", "https") and bool(parts.hostname) and parts.port != 0
    except ValueError:
        good = False
    if not good or parts.query or parts.fragment:
        raise UsageError(
            f"{variable} is {quoted(given)}, which is no address of a service",
            "an address is like https://api.crossref.org",
        )
    return given
