"""Exhibits of a pack: chosen from the evidence, looked over, joined behind its pages or given beside them."""
