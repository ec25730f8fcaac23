"""What is measured, one file a figure."""
