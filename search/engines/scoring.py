"""BM25 as all engines compute it.

Robertson and Zaragoza, The Probabilistic Relevance Framework: BM25 and Beyond (2009), with the
idf that cannot turn negative, as Lucene and tantivy use it.
"""

from math import log

K1 = 1.2
B = 0.75


def idf(containing: int, total: int) -> float:
    """Inverse document frequency of a term that `containing` of `total` entries have."""
    return log(1 + (total - containing + 0.5) / (containing + 0.5))


def bm25(idf_sum: float, frequency: float, length: float, mean_length: float) -> float:
    """The score of a term or phrase that occurs `frequency` times in a column of `length` terms."""
    return idf_sum * (K1 + 1) * frequency / (frequency + length_norm(length, mean_length))


def length_norm(length: float, mean_length: float) -> float:
    """What the length of a column takes off its score."""
    return K1 * (1 - B + B * length / mean_length)
