"""The sample corpus: believable synthetic reports with a gold file of what each of them prints.

`corpus.write_corpus` is the way in; `structure.document_of` and `formats.print_document` print any report's cells in any format.
Places are real, figures and sentences are invented, and every report says so. This package knows the form and the division codes
and nothing of how a report is read: what it writes tests the parser, so the two may share the form but no code that reads or lays
out a table.
"""
