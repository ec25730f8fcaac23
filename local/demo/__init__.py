"""The demo shop: what a new database is filled with, to try things on."""
