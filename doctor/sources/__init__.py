"""Where values come from: option, then variable, then profile; each kept exactly as it was given.

Nothing is trimmed or repaired here, because the repair is the diagnosis.
"""

from doctor.sources.duration import seconds
from doctor.sources.gather import Gathered, gather
from doctor.sources.offers import Flags, Surroundings

__all__ = ["Flags", "Gathered", "Surroundings", "gather", "seconds"]
