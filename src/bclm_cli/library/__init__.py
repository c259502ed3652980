"""An author's own papers: bibliographies in place, what is new among imported references, and how
both are written."""
