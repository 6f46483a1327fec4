"""The YAML read with its lines, checked, compared, and aged."""
