"""The names of the macros that pages may call; the registry defines exactly these."""

MACROS = frozenset(
    {
        "audit_table",
        "checker",
        "checker_link",
        "decision_diagram",
        "decision_map",
        "disputed_facts",
        "downloads",
        "exam_dates",
        "exam_view",
        "fact",
        "limits_of",
        "limits_table",
        "practice",
        "practice_all",
        "rules_of",
        "see_also",
        "statement",
        "status",
        "status_board",
        "table",
        "tag_explorer",
        "tag_vocabulary",
    }
)
