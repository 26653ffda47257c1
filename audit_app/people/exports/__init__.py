"""Registers taken out as workbooks: counted, and told when they are many."""
