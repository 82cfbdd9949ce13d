"""The pages of the declaration: for those whom it makes responsible for it, and for nobody else."""

PURPOSE = "declaration/draft"
