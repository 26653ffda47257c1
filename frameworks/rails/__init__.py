"""Guard rails: questions an auditor's grades raise, by named rules of which none is ever edited. Read by `scoring`."""
