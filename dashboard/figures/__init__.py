"""Records in, plotly figures out, as plain dicts. A missing number is None and leaves a gap; it is never drawn as zero."""
