"""Writes the table of actions in docs/reference/audit_format.md anew, after a change of deid/audit/actions.py.

python -m tests.audit.write_table
"""

from pathlib import Path

from deid.audit.actions import ACTIONS

PAGE = Path(__file__).parents[2] / "docs/reference/audit_format.md"
BEGIN = "<!-- actions: a test compares this table with deid/audit/actions.py; python -m tests.audit.write_table -->"
END = "<!-- end of actions -->"


def main() -> None:
    page = PAGE.read_text(encoding="utf-8")
    before, after = page[: page.index("<!-- actions")], page[page.index(END) :]
    rows = ["| action | scope | fields | says |", "|---|---|---|---|"]
    for name, action in ACTIONS.items():
        fields = ", ".join(f"{field}: {kind}" for field, kind in action.fields.items()) or "none"
        rows.append(f"| `{name}` | {action.scope} | {fields} | {action.meaning} |")
    PAGE.write_text("\n".join([f"{before}{BEGIN}", "", *rows, "", after]), encoding="utf-8", newline="\n")


if __name__ == "__main__":
    main()
