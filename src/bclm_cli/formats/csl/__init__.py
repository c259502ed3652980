"""CSL-JSON and CSL-YAML."""
