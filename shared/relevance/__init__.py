"""Is a text about an agency, does it only mention it, or does it mean something else? See docs/relevance.md."""

from shared.relevance.decide import Judge, covered
from shared.relevance.verdict import Relation, Verdict

__all__ = ["Judge", "Relation", "Verdict", "covered"]
