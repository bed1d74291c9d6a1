"""A module per page. A page renders an address on a release, and registers the callbacks of its own parts."""
