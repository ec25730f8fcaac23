"""CDEK API v2: tariffs, orders registered in the background, labels, a courier that can be led."""
