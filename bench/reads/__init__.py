"""What officers read, through the product's own queries, in a large register."""
