"""The layouts in which issuers print their tables: each module sets one form's cells the way one kind of export does."""
