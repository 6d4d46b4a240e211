"""What a day costs on Google Cloud: a simulated day through the real stages, every billed operation counted, priced by region.

`measure` runs the day on the local back end; `bill` holds what was counted against the always-free limits of `limits.json`.
"""
