"""Citations and steps of breast cancer liver metastasis (BCLM).

The five steps by which breast cancer reaches the liver, the factors that act in each, one-sentence
claims with the paper behind each, and the papers with citations fit for a manuscript.
"""
