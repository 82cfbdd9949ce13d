"""Floor 2: what organisations do. Low to high: people < members | offices < imports."""
