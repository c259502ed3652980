"""What the types of RIS are called in CSL, and which databases number papers by PMID."""

from __future__ import annotations

import re

TYPES = {
    "JOUR": "article-journal", "EJOUR": "article-journal", "JFULL": "periodical",
    "ABST": "article-journal", "INPR": "article-journal", "MGZN": "article-magazine",
    "NEWS": "article-newspaper", "BOOK": "book", "EBOOK": "book", "EDBOOK": "book",
    "SER": "book", "CHAP": "chapter", "ECHAP": "chapter", "CONF": "paper-conference",
    "CPAPER": "paper-conference", "CPROC": "paper-conference", "SLIDE": "speech",
    "THES": "thesis", "RPRT": "report", "GOVDOC": "report", "GRANT": "report", "STAND": "standard",
    "PAT": "patent", "DATA": "dataset", "AGGR": "dataset", "DBASE": "dataset", "COMP": "software",
    "ELEC": "webpage", "WEB": "webpage", "BLOG": "post-weblog", "ICOMM": "personal_communication",
    "PCOMM": "personal_communication", "UNPB": "article", "MANSCPT": "manuscript",
    "PAMP": "pamphlet", "DICT": "entry-dictionary", "ENCYC": "entry-encyclopedia", "MAP": "map",
    "FIGURE": "figure", "ART": "graphic", "CASE": "legal_case", "BILL": "bill",
    "STAT": "legislation", "LEGAL": "legislation", "HEAR": "hearing", "MPCT": "motion_picture",
    "VIDEO": "motion_picture", "SOUND": "song", "MUSIC": "musical_score", "CLSWK": "classic",
    "PREPRINT": "article", "UNBILL": "bill",
}  # fmt: skip

OF_PUBMED = re.compile(r"pubmed|medline|\bnlm\b|europe pmc", re.IGNORECASE)
"""Databases whose accession number is a PMID; Scopus has it in C2."""
