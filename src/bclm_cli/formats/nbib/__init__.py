"""NBIB, PubMed's tagged format."""
