"""EndNote's tagged format (Refer)."""
