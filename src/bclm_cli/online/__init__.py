"""Records of papers from Crossref, PubMed and doi.org, asked only when a command says so."""
