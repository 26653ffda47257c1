"""Inspections and reviews: recorded, judged, and their lists pasted into findings."""
