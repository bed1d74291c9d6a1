"""Gongkai's pipeline: reads the reports, builds the warehouse and publishes it."""
