"""The ledger of grounds at a million persons: which shapes of tables, triggers, views and functions hold."""
