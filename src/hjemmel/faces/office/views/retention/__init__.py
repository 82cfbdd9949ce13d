"""The pages of deleting: for those whom the declaration makes responsible, and for nobody else."""

PURPOSE = "retention/proof"
