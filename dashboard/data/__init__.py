"""All SQL of the dashboard. A query takes parameters, returns frozen records, and keeps null as None."""
