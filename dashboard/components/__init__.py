"""Parts of pages: records in, Dash components out. No SQL, no callbacks."""
