"""What is usual for each series of hourly counts, and how strongly the present speaks against it.

`Baselines` is the only way in; `Evidence` is what it tells, for which at least SCARCE is usual. Pure arithmetic on the standard
library: no clock, no chance, and the state in memory is at every moment exactly what `pack` writes, so a restart between any two
hours changes nothing.
"""

from shared.baselines.series import SCARCE, Evidence
from shared.baselines.stream import Baselines

__all__ = ["SCARCE", "Baselines", "Evidence"]
