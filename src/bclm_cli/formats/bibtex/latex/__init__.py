"""Text with TeX's commands to Unicode, and back."""
