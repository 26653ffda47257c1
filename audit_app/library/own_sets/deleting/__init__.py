"""A question or domain that never was in a published version is deleted from a draft, with what hangs on it told."""
