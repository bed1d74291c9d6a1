"""The warehouse without its orchestration: the landing writer, the form's seeds and the publisher, in plain DuckDB."""
