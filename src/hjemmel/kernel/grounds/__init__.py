"""The ledger of grounds: why each datum is held, since when and until when."""
