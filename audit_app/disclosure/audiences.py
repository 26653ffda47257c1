"""For whom something may be told: four levels, each disclosing less than the one before. Data only."""

INTERNAL, LEADERSHIP, INSPECTOR, PUBLISHABLE = 0, 1, 2, 3

NAMES = {
    INTERNAL: "Internal: quality assurance only",
    LEADERSHIP: "Leadership",
    INSPECTOR: "Inspector",
    PUBLISHABLE: "Publishable",
}
