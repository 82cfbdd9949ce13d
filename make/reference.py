"""Write the pages of the documentation that are drawn from the language: docs/declare/{reference,law}.md."""

from pathlib import Path

from hjemmel.declaration.reference import language, law

DOCS = Path(__file__).resolve().parents[1] / "docs" / "declare"

if __name__ == "__main__":
    (DOCS / "reference.md").write_text(language(), "utf-8")
    (DOCS / "law.md").write_text(law(), "utf-8")
