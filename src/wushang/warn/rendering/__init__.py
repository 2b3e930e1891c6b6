"""A written piece becomes paper: PDF for issuing, Word for editing."""
