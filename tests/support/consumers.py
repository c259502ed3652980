"""Every foreign program that reads one of our exports back."""

from __future__ import annotations

from support.reading_bib import BIB_CONSUMERS, CSL_CONSUMERS
from support.reading_plain import PLAIN_CONSUMERS

CONSUMERS = (*BIB_CONSUMERS, *CSL_CONSUMERS, *PLAIN_CONSUMERS)
