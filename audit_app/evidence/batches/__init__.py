"""Many files brought in at once: a ZIP, read in a job, checked by whoever uploaded it, added whole or not at all."""
