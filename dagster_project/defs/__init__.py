"""Orchestration only: the assets, in the order of the data's way. The work itself is done by the packages they call."""
