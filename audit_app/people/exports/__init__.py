"""Registers taken out as workbooks: counted, told when they are many, and made by the worker when they are long."""
