"""The organisation's own area under /cont/organizatie/ (rows O8, O10, O11, O12)."""
