"""Written elsewhere: what stands in other self-assessments under areas the crosswalk joins, offered with its origin."""
